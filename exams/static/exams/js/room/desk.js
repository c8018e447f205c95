/**
 * The paper on the candidate's desk: the question shown, the sheet beside it, and the ways between them.
 */

import { watchKeys } from "./keyboard.js";
import { QuestionView } from "./paper.js";
import { Sheet } from "./sheet.js";

const WIDE = "(min-width: 64rem)";

export class Desk extends EventTarget {
  constructor(root, items, answers, text) {
    super();
    this.root = root;
    this.items = items;
    this.answers = answers;
    this.text = text;
    this.isLocked = false;
    this.question = new QuestionView(root.querySelector("[data-question]"), text);
    this.sheet = new Sheet(root.querySelector("[data-sheet]"), items, text);
    this.controls = {
      previous: root.querySelector("[data-previous]"),
      next: root.querySelector("[data-next]"),
      flag: root.querySelector("[data-flag]"),
      clear: root.querySelector("[data-clear]"),
      count: root.querySelector("[data-sheet-count]"),
    };
    this.sheetDialog = root.querySelector("[data-sheet-dialog]");
    this.help = root.querySelector("[data-help-dialog]");
    this.listen();
    this.placeSheet();
  }

  listen() {
    const { previous, next, flag, clear } = this.controls;
    previous.addEventListener("click", () => this.step(-1));
    next.addEventListener("click", () => this.step(1));
    flag.addEventListener("click", () => this.flag());
    clear.addEventListener("click", () => this.clear());
    this.question.addEventListener("choice", ({ detail }) => this.answers.choose(detail.item, detail.value));
    this.sheet.addEventListener("go", ({ detail }) => this.go(detail));
    this.answers.addEventListener("change", () => this.refresh());
    this.root.querySelector("[data-open-sheet]").addEventListener("click", () => this.openSheet());
    for (const button of this.root.querySelectorAll("[data-open-help]")) {
      button.addEventListener("click", () => this.help.showModal());
    }
    for (const button of this.root.querySelectorAll("[data-hand-in]")) {
      button.addEventListener("click", () => this.dispatchEvent(new Event("handin")));
    }
    for (const button of this.root.querySelectorAll("[data-close-dialog]")) {
      button.addEventListener("click", () => button.closest("dialog").close());
    }
    this.listenToKeys();
  }

  listenToKeys() {
    const switchedOn = this.root.querySelector("[data-keys]");
    watchKeys(
      {
        next: () => this.step(1),
        previous: () => this.step(-1),
        choose: (place) => this.question.press(place),
        flag: () => this.flag(),
        sheet: () => this.openSheet(),
        help: () => this.help.showModal(),
      },
      () => switchedOn.checked && !this.isLocked && !this.root.querySelector("dialog[open]"),
    );
  }

  /** The sheet stands beside the question where there is room, and in a dialog where there is none. */
  placeSheet() {
    const wide = window.matchMedia(WIDE);
    const sheet = this.root.querySelector("[data-sheet]");
    const beside = this.root.querySelector("[data-sheet-beside]");
    const inside = this.root.querySelector("[data-sheet-inside]");
    const place = () => {
      this.sheetDialog.close();
      (wide.matches ? beside : inside).append(sheet);
    };
    wide.addEventListener("change", place);
    place();
  }

  openSheet() {
    if (window.matchMedia(WIDE).matches) {
      this.root.querySelector("[data-sheet] [aria-current]")?.focus();
    } else {
      this.sheetDialog.showModal();
    }
  }

  step(by) {
    this.go(this.answers.position + by);
  }

  go(position) {
    if (position < 0 || position >= this.items.length) {
      return;
    }
    this.sheetDialog.close();
    this.answers.goTo(position);
    this.show();
    this.question.focus();
  }

  flag() {
    if (!this.isLocked) {
      this.answers.toggleFlag(this.items[this.answers.position].item);
    }
  }

  clear() {
    const { item } = this.items[this.answers.position];
    if (this.answers.isAnswered(item)) {
      this.answers.choose(item, []);
      this.show();
      this.question.heading.focus();
    }
  }

  show() {
    const entry = this.items[this.answers.position];
    this.question.show(entry, this.answers.value(entry.item), this.items.length);
    this.refresh();
  }

  refresh() {
    const { answers, controls } = this;
    const { item } = this.items[answers.position];
    const isFlagged = answers.flags.has(item);
    controls.flag.setAttribute("aria-pressed", String(isFlagged));
    controls.clear.hidden = !answers.isAnswered(item) || this.isLocked;
    controls.previous.disabled = answers.position === 0;
    controls.next.hidden = answers.position === this.items.length - 1;
    this.root.querySelector("[data-last-question]").hidden = !controls.next.hidden;
    const done = this.items.length - answers.unanswered().length;
    controls.count.textContent = this.text("doneOf", { done, total: this.items.length });
    this.sheet.update(answers);
  }

  /** After the deadline nothing can be entered; looking is still possible. */
  setLocked(isLocked) {
    this.isLocked = isLocked;
    this.question.setLocked(isLocked);
    this.controls.flag.disabled = isLocked;
    for (const button of this.root.querySelectorAll("[data-hand-in]")) {
      button.disabled = isLocked;
    }
    this.refresh();
  }
}
