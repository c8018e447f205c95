/**
 * Handing in: a dialog that names what is open and flagged, then everything unsent, then the act itself.
 */

import { Refusal, Unreachable } from "./api.js";
import { jitter } from "./outbox.js";

const TRIES = 4;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Send all that is unsent and hand in. Safe to repeat: the server gives the same receipt. */
export async function handIn(api, outbox, answers) {
  await outbox.flush();
  const seq = await answers.nextSeq();
  for (let attempt = 1; ; attempt += 1) {
    try {
      const sent = answers.toSend();
      const reply = await api.submit({ seq, answers: sent.map(({ item, value }) => ({ item, value })) });
      answers.acknowledge(sent);
      return reply;
    } catch (error) {
      if (!(error instanceof Unreachable) || attempt === TRIES) {
        throw error;
      }
      await pause(Math.max(error.retryAfterMs, 500 * 2 ** attempt) + jitter(500));
    }
  }
}

export class SubmitDialog extends EventTarget {
  constructor(dialog, text) {
    super();
    this.dialog = dialog;
    this.text = text;
    this.confirm = dialog.querySelector("[data-submit-confirm]");
    this.message = dialog.querySelector("[data-submit-message]");
    this.lists = {
      unanswered: dialog.querySelector("[data-submit-unanswered]"),
      flagged: dialog.querySelector("[data-submit-flagged]"),
    };
    this.complete = dialog.querySelector("[data-submit-complete]");
    dialog.querySelector("[data-submit-cancel]").addEventListener("click", () => dialog.close());
    this.confirm.addEventListener("click", () => this.dispatchEvent(new Event("confirm")));
    dialog.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-position]");
      if (button) {
        dialog.close();
        this.dispatchEvent(new CustomEvent("go", { detail: Number(button.dataset.position) }));
      }
    });
  }

  /** @param {{answers, isOffline: boolean, waitMs: number}} situation */
  open(situation) {
    this.update(situation);
    if (!this.dialog.open) {
      this.dialog.showModal();
      this.dialog.querySelector("h2").focus();
    }
  }

  update({ answers, isOffline, waitMs }) {
    const unanswered = answers.unanswered();
    const flagged = answers.flagged();
    this.fill(this.lists.unanswered, unanswered, answers);
    this.fill(this.lists.flagged, flagged, answers);
    this.complete.hidden = unanswered.length + flagged.length > 0;
    if (isOffline) {
      this.block(this.text("submitOffline"));
    } else if (waitMs > 0) {
      this.block(this.text("submitTooEarly", { minutes: Math.ceil(waitMs / 60_000) }));
    } else {
      this.ready("");
    }
  }

  fill(box, items, answers) {
    box.hidden = items.length === 0;
    box.querySelector("[data-count]").textContent = items.length;
    const buttons = items.map((item) => {
      const position = answers.items.indexOf(item);
      const button = document.createElement("button");
      button.type = "button";
      button.className = "room-cell";
      button.dataset.position = position;
      button.textContent = position + 1;
      button.setAttribute("aria-label", this.text("goTo", { number: position + 1 }));
      return button;
    });
    box.querySelector("[data-list]").replaceChildren(...buttons);
  }

  block(sentence) {
    this.confirm.disabled = true;
    this.say(sentence);
  }

  ready(sentence) {
    this.confirm.disabled = false;
    this.say(sentence);
  }

  say(sentence) {
    if (this.message.textContent !== sentence) {
      this.message.textContent = sentence;
    }
    this.message.hidden = !sentence;
  }

  /** Say in words why handing in did not work. */
  explain(error) {
    if (error instanceof Refusal) {
      this.ready(error.message || this.text("submitRefused"));
    } else {
      this.ready(this.text("submitUnreachable"));
    }
  }
}
