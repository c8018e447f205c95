/**
 * Brings answers to the server, in order, and never lets go of one before it was acknowledged.
 *
 * One batch is on its way at a time. A batch keeps its sequence number and content until the server has answered it,
 * so a retry after a lost answer is the same request. The next batch holds everything entered meanwhile. While nothing
 * is to be sent, an empty one every twenty seconds brings the time left, and with it any extension.
 */

import { Refusal, Unreachable } from "./api.js";

const DEBOUNCE_MS = 1_500;
const HEARTBEAT_MS = 20_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

/** Spread what many pages would do in the same instant over `ms`. */
export const jitter = (ms, random = Math.random) => Math.floor(random() * ms);

export class Outbox extends EventTarget {
  constructor(api, answers) {
    super();
    this.api = api;
    this.answers = answers;
    this.reports = [];
    this.batch = null;
    this.failures = 0;
    this.isOffline = false;
    this.isRefused = false;
    this.isStopped = false;
    this.running = null;
    this.timer = 0;
    answers.addEventListener("change", () => this.tell());
    answers.addEventListener("kept", () => this.schedule(DEBOUNCE_MS));
  }

  /** "saved", "saving", "offline", or "refused" when the server would not take an answer. */
  get state() {
    if (this.isRefused) {
      return "refused";
    }
    if (this.isOffline || this.failures) {
      return "offline";
    }
    return this.isEmpty ? "saved" : "saving";
  }

  get isEmpty() {
    return (this.batch?.isEmpty ?? true) && this.answers.unsent.size === 0;
  }

  tell() {
    this.dispatchEvent(new Event("state"));
  }

  /** Add something the browser noticed to the next batch. */
  report(kind) {
    this.reports.push({ kind });
    this.schedule(DEBOUNCE_MS);
  }

  /** Note the browser's opinion about the network; back online, pages come one after the other. */
  setOffline(isOffline) {
    this.isOffline = isOffline;
    this.tell();
    if (!isOffline) {
      this.schedule(jitter(3_000), { sooner: true });
    }
  }

  /** Send in `ms`; an earlier appointment stands. While waiting after a failure, only `sooner` moves it. */
  schedule(ms, { sooner = false } = {}) {
    if (this.isStopped) {
      return;
    }
    const due = performance.now() + ms;
    if (this.timer && (this.due <= due || (this.failures && !sooner))) {
      return;
    }
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => {
      this.timer = 0;
      this.flush().catch(() => {});
    }, ms);
  }

  /** Begin the signs of life. */
  start() {
    this.isStopped = false;
    this.schedule(this.isEmpty ? HEARTBEAT_MS : 0);
    this.tell();
  }

  /** Drop the batch on its way: under a new lease its answers are gathered anew. */
  forgetBatch() {
    this.batch = null;
    this.failures = 0;
    this.isRefused = false;
  }

  /** Send nothing more; what is unsent stays in the store. */
  stop() {
    this.isStopped = true;
    clearTimeout(this.timer);
    this.timer = 0;
  }

  /**
   * Send until everything was acknowledged; without anything to send, give one sign of life.
   * Raises Unreachable or Refusal; a retry is then already arranged.
   */
  flush(options = {}) {
    if (this.isStopped) {
      return Promise.resolve();
    }
    this.running ??= this.run(options).finally(() => {
      this.running = null;
    });
    return this.running;
  }

  async run(options) {
    try {
      do {
        this.batch ??= await this.compose();
        await this.send(options);
      } while (!this.isStopped && (this.answers.unsent.size || this.reports.length));
      this.schedule(HEARTBEAT_MS - jitter(2_000));
    } catch (error) {
      this.fail(error);
      throw error;
    } finally {
      this.tell();
    }
  }

  /** Gather all that is unsent under the next number; a sign of life needs none of its own. */
  async compose() {
    const sent = this.answers.toSend();
    const events = this.reports.splice(0, 20);
    const isEmpty = !sent.length && !events.length;
    const seq = isEmpty ? this.answers.seq : await this.answers.nextSeq();
    return { seq, sent, events, isEmpty };
  }

  async send(options) {
    const { seq, sent, events, isEmpty } = this.batch;
    this.tell();
    const answers = sent.map(({ item, value }) => ({ item, value }));
    const reply = await this.api.save({ seq, answers, events }, options);
    this.failures = 0;
    this.isOffline = false;
    this.isRefused = false;
    this.batch = null;
    if (reply.seq > seq && !isEmpty) {
      // Somebody else's number was higher, so this batch may have been passed over: send again above it.
      this.answers.seq = reply.seq;
    } else {
      this.answers.acknowledge(sent);
    }
    this.dispatchEvent(new CustomEvent("reply", { detail: reply }));
  }

  fail(error) {
    if (error instanceof Refusal) {
      this.batch = null;
      this.isRefused = true;
      this.dispatchEvent(new CustomEvent("refused", { detail: error }));
      this.schedule(HEARTBEAT_MS);
      return;
    }
    if (!(error instanceof Unreachable)) {
      throw error;
    }
    if (this.batch?.isEmpty) {
      // A sign of life is not worth repeating; the next batch may have something to say.
      this.batch = null;
    }
    this.failures += 1;
    clearTimeout(this.timer);
    this.timer = 0;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.failures - 1));
    this.schedule(Math.max(error.retryAfterMs, pause / 2) + jitter(pause / 2), { sooner: true });
  }
}
