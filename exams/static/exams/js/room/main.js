/**
 * The examination room. Reads its settings and words from the page, opens the attempt, and connects the parts:
 *
 *   answers → store (disk) → outbox → API        clock ← every reply        desk: question, sheet, keys
 */

import { Answers } from "./answers.js";
import { Api, Refusal } from "./api.js";
import { Clock } from "./clock.js";
import { Desk } from "./desk.js";
import { watchNetwork, watchScreen } from "./events.js";
import { passGate } from "./gate.js";
import { pageName } from "./identity.js";
import { Outbox, jitter } from "./outbox.js";
import { Panels } from "./panels.js";
import { readItems } from "./paper.js";
import { StatusBar } from "./status.js";
import { Store } from "./store.js";
import { SubmitDialog, handIn } from "./submit.js";
import { isElsewhere, offerTakeOver } from "./takeover.js";
import { readTexts } from "./texts.js";

const TICK_MS = 1_000;
// After the deadline the server still takes what is on its way for a few seconds; then it has closed the attempt.
const GRACE_MS = 6_000;
const RETRY_START_MS = 3_000;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

class Room {
  constructor(root) {
    this.root = root;
    this.settings = root.querySelector("[data-room]").dataset;
    this.text = readTexts(root);
    this.panels = new Panels(root);
    this.status = new StatusBar(root, this.text);
    this.clock = new Clock();
    this.api = new Api(this.settings.api, this.settings.csrf);
    this.hasEnded = false;
  }

  async run() {
    this.page = await pageName();
    const isRunning = this.settings.running === "true";
    const isReload = performance.getEntriesByType("navigation")[0]?.type === "reload";
    if (!isRunning) {
      this.panels.show("gate", { focus: false });
    }
    const opensInMs = Number(this.settings.opensInMs);
    await passGate(this.panels.get("gate"), { opensInMs, isRunning, isReload }, this.text);
    await this.enter(false);
  }

  /** Open the attempt on this page, asking again for as long as nobody answers. */
  async enter(takeOver) {
    try {
      const opened = await this.open(takeOver);
      await this.begin(opened);
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      await this.refused(error);
    }
  }

  async open(takeOver) {
    this.panels.show("loading", { focus: false });
    for (;;) {
      try {
        const opened = await this.api.start(this.settings.candidacy, this.page, takeOver);
        const paper = opened.state === "in_progress" ? await this.api.paper(opened.paper) : null;
        return { ...opened, document: paper };
      } catch (error) {
        if (error instanceof Refusal) {
          throw error;
        }
        this.root.querySelector("[data-loading-trouble]").hidden = false;
        await pause(Math.max(error.retryAfterMs ?? 0, RETRY_START_MS) + jitter(RETRY_START_MS));
      }
    }
  }

  async refused(error) {
    if (isElsewhere(error)) {
      await offerTakeOver(this.panels, this.text, error);
      await this.enter(true);
    } else if (error.code === "login_needed" || error.code === "not_found" || error.code === "token_invalid") {
      await this.panels.say({
        title: this.text("loginTitle"),
        sentence: this.text("loginText"),
        action: this.text("loginAction"),
      });
      window.location.reload();
    } else {
      await this.panels.say({ title: this.text("refusedTitle"), sentence: error.message });
    }
  }

  async begin(opened) {
    this.clock.sync(opened);
    if (opened.state !== "in_progress") {
      this.end(opened);
    } else if (this.desk) {
      this.rejoin(opened);
    } else {
      await this.unfold(opened);
    }
  }

  async unfold(opened) {
    this.store = await Store.open(opened.attempt, () => this.status.showMemoryOnly());
    this.answers = new Answers(opened.layout, this.store);
    this.answers.adopt(opened, await this.store.load());
    this.connect(readItems(opened.layout, opened.document));
    this.takeSeat();
  }

  /** Taken back from another page: what was unsent here is weighed against what the other has done. */
  rejoin(opened) {
    this.answers.adoptAgain(opened);
    this.outbox.forgetBatch();
    this.desk.setLocked(false);
    this.takeSeat();
  }

  takeSeat() {
    this.panels.show("paper", { focus: false });
    this.desk.show();
    this.desk.question.focus();
    clearInterval(this.ticker);
    this.ticker = setInterval(() => this.tick(), TICK_MS);
    this.tick();
    this.outbox.start();
  }

  connect(items) {
    this.outbox = new Outbox(this.api, this.answers);
    this.outbox.addEventListener("state", () => this.showSaved());
    this.outbox.addEventListener("reply", ({ detail }) => this.hear(detail));
    this.outbox.addEventListener("refused", ({ detail }) => this.saveRefused(detail));
    this.desk = new Desk(this.root, items, this.answers, this.text);
    this.desk.addEventListener("handin", () => this.dialog.open(this.situation()));
    this.connectDialog();
    watchScreen(this.outbox, () => this.tick());
    watchNetwork(this.outbox);
  }

  connectDialog() {
    this.dialog = new SubmitDialog(this.root.querySelector("[data-submit-dialog]"), this.text);
    this.dialog.addEventListener("go", ({ detail }) => this.desk.go(detail));
    this.dialog.addEventListener("confirm", () => this.submit());
  }

  situation() {
    return {
      answers: this.answers,
      isOffline: this.outbox.state === "offline",
      waitMs: this.clock.untilSubmit(),
    };
  }

  showSaved() {
    this.status.showSaved(this.outbox.state, this.answers.unsent.size);
    if (this.dialog?.dialog.open && !this.isHandingIn) {
      this.dialog.update(this.situation());
    }
  }

  hear(reply) {
    this.clock.sync(reply);
    if (this.desk.isLocked && this.clock.remaining() > 0 && !this.hasEnded) {
      this.timeIsUp = null;
      this.desk.setLocked(false);
      this.status.inform(this.text("moreTime"));
    }
    this.tick();
  }

  tick() {
    const left = this.clock.remaining();
    this.status.showTime(left);
    if (left === 0 && !this.timeIsUp && !this.hasEnded) {
      this.timeIsUp = this.closeAtDeadline();
    }
    if (this.dialog?.dialog.open && !this.isHandingIn) {
      this.dialog.update(this.situation());
    }
  }

  /**
   * Lock and send what is left while the server still takes it. Then ask until the server says that it has closed the
   * attempt (it is refused as late, see `saveRefused`) or that there is more time after all (see `hear`).
   */
  async closeAtDeadline() {
    this.desk.setLocked(true);
    this.dialog.dialog.close();
    this.status.inform(this.text("timeUp"));
    this.outbox.flush().catch(() => {});
    while (this.desk.isLocked && !this.hasEnded && !this.outbox.isStopped) {
      await pause(GRACE_MS + jitter(RETRY_START_MS));
      await this.outbox.flush().catch(() => {});
    }
  }

  async submit() {
    this.isHandingIn = true;
    this.dialog.block(this.text("handingIn"));
    try {
      this.end(await handIn(this.api, this.outbox, this.answers));
    } catch (error) {
      this.dialog.explain(error);
      if (isElsewhere(error)) {
        await this.saveRefused(error);
      }
    } finally {
      this.isHandingIn = false;
    }
  }

  async saveRefused(error) {
    if (isElsewhere(error)) {
      this.leave();
      await offerTakeOver(this.panels, this.text, error);
      await this.enter(true);
    } else if (error.code === "closed" || error.code === "late") {
      await this.learnTheEnd();
    } else if (error.code === "token_invalid") {
      this.leave();
      await this.refused(error);
    } else {
      this.status.inform(error.message || this.text("save_refused"));
    }
  }

  /** The server holds a closed attempt: show its receipt. */
  async learnTheEnd() {
    this.desk.setLocked(true);
    while (!this.hasEnded) {
      try {
        const seen = await this.api.look();
        if (seen.state !== "in_progress") {
          this.end(seen);
          return;
        }
      } catch {
        // Nobody there yet; the receipt waits on the server.
      }
      await pause(RETRY_START_MS + jitter(RETRY_START_MS));
    }
  }

  leave() {
    this.outbox.stop();
    this.desk.setLocked(true);
    clearInterval(this.ticker);
    for (const dialog of this.root.querySelectorAll("dialog[open]")) {
      dialog.close();
    }
  }

  /** Show the receipt. What the server acknowledged needs no copy here any more. */
  end({ state, receipt }) {
    if (this.hasEnded) {
      return;
    }
    this.hasEnded = true;
    const unsent = this.answers?.unsent.size ?? 0;
    if (this.desk) {
      this.leave();
    }
    if (this.store && !unsent) {
      this.store.forget();
    }
    const panel = this.panels.get("closed");
    const words = state === "submitted" ? "closedByYou" : state === "timed_out" ? "closedByServer" : "closedVoid";
    panel.querySelector("[data-closed-text]").textContent = this.text(words);
    panel.querySelector("[data-closed-unsent]").hidden = !unsent;
    panel.querySelector("[data-receipt]").textContent = receipt ?? "";
    panel.querySelector("[data-receipt-box]").hidden = !receipt;
    const link = panel.querySelector("[data-receipt-link]");
    link.href = this.settings.receiptUrl.replace("ATTEMPT", this.api.attempt);
    this.panels.show("closed");
  }
}

new Room(document).run();
