/**
 * One question on the page: a fieldset with radio buttons or check boxes. Text goes in as text, never as markup.
 */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Join layout and paper: what to show for each item of this attempt, in its order. */
export function readItems(layout, paper) {
  const byRef = new Map(paper.items.map((item) => [item.ref, item]));
  return layout.map(({ item, ref, options, refs }, index) => {
    const content = byRef.get(ref);
    return {
      item,
      number: index + 1,
      type: content.type,
      marks: content.marks,
      stem: content.stem,
      options: options.map((name, place) => ({
        name,
        letter: LETTERS[place],
        text: content.options[refs[place]],
      })),
    };
  });
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

export class QuestionView extends EventTarget {
  /** @param {HTMLFieldSetElement} fieldset with [data-number], [data-stem] and [data-options] inside */
  constructor(fieldset, text) {
    super();
    this.fieldset = fieldset;
    this.text = text;
    this.heading = fieldset.querySelector("[data-number]");
    this.stem = fieldset.querySelector("[data-stem]");
    this.options = fieldset.querySelector("[data-options]");
    this.hint = fieldset.querySelector("[data-hint]");
    this.options.addEventListener("change", () => this.announce());
  }

  show(entry, value, total) {
    this.entry = entry;
    const type = this.text(`type_${entry.type}`);
    const marks = String(Number(entry.marks));
    this.heading.textContent = this.text("questionHeading", { number: entry.number, total, type, marks });
    this.stem.textContent = entry.stem;
    this.hint.textContent = this.text(`hint_${entry.type}`);
    this.options.replaceChildren(...entry.options.map((option) => this.option(option, value)));
  }

  option({ name, letter, text }, value) {
    const label = element("label", "room-option");
    const input = element("input", "room-option-input");
    input.type = this.entry.type === "multiple" ? "checkbox" : "radio";
    input.name = "choice";
    input.value = name;
    input.checked = value.includes(name);
    const key = element("span", "room-option-letter", letter);
    label.append(input, key, element("span", "room-option-text", text));
    return label;
  }

  value() {
    return [...this.options.querySelectorAll("input:checked")].map((input) => input.value);
  }

  announce() {
    this.dispatchEvent(
      new CustomEvent("choice", { detail: { item: this.entry.item, value: this.value() } }),
    );
  }

  /** Choose the option at a place, as a click would. */
  press(place) {
    const input = this.options.querySelectorAll("input")[place];
    if (input && !this.fieldset.disabled) {
      input.focus({ preventScroll: true });
      input.click();
    }
  }

  setLocked(isLocked) {
    this.fieldset.disabled = isLocked;
  }

  focus() {
    this.heading.focus({ preventScroll: true });
    this.fieldset.scrollIntoView({ block: "start" });
  }
}
