/**
 * The bar above the paper: time left and whether the answers are safe, in words and by shape.
 */

import { CALM_UNTIL_MS, Warnings, worded } from "./clock.js";

const SETTLE_MS = 2_500;
const LAST_MINUTE_MS = 60_000;

export class StatusBar {
  constructor(root, text) {
    this.text = text;
    this.time = root.querySelector("[data-time]");
    this.save = root.querySelector("[data-save]");
    this.saveText = root.querySelector("[data-save-text]");
    this.quietly = root.querySelector("[data-announce]");
    this.notice = root.querySelector("[data-notice]");
    this.noticeText = root.querySelector("[data-notice-text]");
    this.memoryNote = root.querySelector("[data-memory-note]");
    this.announced = "saved";
    this.warnings = new Warnings([CALM_UNTIL_MS, LAST_MINUTE_MS], (ms) => this.warn(ms));
    root.querySelector("[data-notice-close]").addEventListener("click", () => {
      this.notice.hidden = true;
    });
  }

  showTime(remainingMs) {
    const words = worded(remainingMs, this.text);
    if (this.time.textContent !== words) {
      this.time.textContent = words;
    }
    this.time.dataset.near = remainingMs <= LAST_MINUTE_MS ? "last" : remainingMs <= CALM_UNTIL_MS ? "soon" : "";
    this.warnings.look(remainingMs);
  }

  warn(ms) {
    this.inform(this.text(ms === LAST_MINUTE_MS ? "warnOne" : "warnTen"));
  }

  /** Show a sentence until it is put away; the notice is a live region, so it is read out once. */
  inform(sentence) {
    this.notice.hidden = false;
    this.noticeText.textContent = sentence;
  }

  /** Show at once; read out only what lasts, or every answer would be talked over. */
  showSaved(state, unsent) {
    this.save.dataset.save = state;
    this.saveText.textContent = this.text(`save_${state}`, { unsent });
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      if (state !== this.announced && state !== "saving") {
        this.announced = state;
        this.quietly.textContent = this.text(`say_${state}`);
      }
    }, SETTLE_MS);
  }

  showMemoryOnly() {
    this.memoryNote.hidden = false;
  }
}
