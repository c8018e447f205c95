/**
 * The answer sheet: one button for each question; done, open, flagged and current differ in shape and in words.
 */

export class Sheet extends EventTarget {
  constructor(root, items, text) {
    super();
    this.text = text;
    this.summary = root.querySelector("[data-sheet-summary]");
    this.buttons = new Map();
    const list = root.querySelector("[data-sheet-list]");
    list.replaceChildren(...this.groups(items));
    list.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-position]");
      if (button) {
        this.dispatchEvent(new CustomEvent("go", { detail: Number(button.dataset.position) }));
      }
    });
  }

  /** Questions of one type stand together under its name. */
  groups(items) {
    const nodes = [];
    let list = null;
    let type = "";
    items.forEach((entry, position) => {
      if (entry.type !== type) {
        type = entry.type;
        const heading = document.createElement("h3");
        heading.className = "room-sheet-type";
        heading.textContent = this.text(`type_${type}`);
        list = document.createElement("ol");
        list.className = "room-sheet-list";
        nodes.push(heading, list);
      }
      list.append(this.cell(entry, position));
    });
    return nodes;
  }

  cell(entry, position) {
    const place = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "room-cell";
    button.dataset.position = position;
    button.textContent = entry.number;
    place.append(button);
    this.buttons.set(entry.item, button);
    return place;
  }

  update(answers) {
    const current = answers.items[answers.position];
    for (const [item, button] of this.buttons) {
      const isDone = answers.isAnswered(item);
      const isFlagged = answers.flags.has(item);
      button.classList.toggle("is-done", isDone);
      button.classList.toggle("is-flagged", isFlagged);
      const states = [this.text(isDone ? "answered" : "unanswered")];
      if (isFlagged) {
        states.push(this.text("flagged"));
      }
      const number = button.textContent;
      button.setAttribute("aria-label", this.text("cellLabel", { number, states: states.join(this.text("comma")) }));
      if (item === current) {
        button.setAttribute("aria-current", "true");
      } else {
        button.removeAttribute("aria-current");
      }
    }
    const done = answers.items.length - answers.unanswered().length;
    this.summary.textContent = this.text("sheetSummary", { done, total: answers.items.length });
  }
}
