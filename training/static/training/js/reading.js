/**
 * Tells the server that a lesson is being read. The server keeps the time: this page never says for how
 * long, only that it is open, visible, and that somebody was active within the last minute.
 */

const BEAT_MS = 15_000;
const IDLE_MS = 60_000;
const SIGNS_OF_LIFE = ["pointermove", "pointerdown", "keydown", "scroll", "wheel", "touchstart"];

class Reading {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.readingUrl;
    this.words = form.querySelector("[data-reading-words]");
    this.line = form.querySelector("progress");
    this.lastActive = Date.now();
    this.isDone = false;
  }

  start() {
    for (const kind of SIGNS_OF_LIFE) {
      window.addEventListener(kind, () => this.wake(), { passive: true });
    }
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.wake();
      else this.beat({ keepalive: true });
    });
    window.addEventListener("pagehide", () => this.beat({ keepalive: true }));
    window.setInterval(() => this.tick(), BEAT_MS);
    this.beat({ opening: true });
  }

  wake() {
    const wasIdle = this.isIdle();
    this.lastActive = Date.now();
    if (wasIdle && document.visibilityState === "visible") this.beat();
  }

  isIdle() {
    return Date.now() - this.lastActive > IDLE_MS;
  }

  tick() {
    if (document.visibilityState !== "visible") return;
    if (this.isIdle()) this.say(this.isDone ? "readingDone" : "readingPaused");
    else this.beat();
  }

  async beat({ opening = false, keepalive = false } = {}) {
    const body = new URLSearchParams(new FormData(this.form));
    if (opening) body.set("opening", "1");
    try {
      const response = await fetch(this.url, { method: "POST", body, keepalive });
      const answer = await response.json();
      if (response.ok) this.show(answer);
      else if (answer.message) this.words.textContent = answer.message;
    } catch {
      if (!keepalive) this.say("readingOffline");
    }
  }

  show(answer) {
    this.isDone = answer.completed;
    this.line.max = answer.lesson_minutes;
    this.line.value = Math.min(answer.seconds_read / 60, answer.lesson_minutes);
    if (answer.completed) this.say("readingDone");
    // An answer may be slow: by now nobody may be reading any more.
    else if (this.isIdle()) this.say("readingPaused");
    else if (answer.capped) this.say("readingCapped");
    else this.say("readingCredited", { minutes: answer.minutes_credited, total: answer.lesson_minutes });
  }

  say(name, values = {}) {
    const text = this.form.dataset[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
    if (this.words.textContent !== text) this.words.textContent = text;
  }
}

for (const form of document.querySelectorAll("[data-reading-url]")) new Reading(form).start();
