/**
 * The room shows one panel at a time: gate, message, paper or closed. The last two share the page with nothing else.
 */

export class Panels {
  constructor(root) {
    this.root = root;
    this.panels = new Map();
    for (const panel of root.querySelectorAll("[data-panel]")) {
      this.panels.set(panel.dataset.panel, panel);
    }
  }

  get(name) {
    return this.panels.get(name);
  }

  /** Show one panel and move the focus to its heading, so that it is read out. */
  show(name, { focus = true } = {}) {
    for (const [key, panel] of this.panels) {
      panel.hidden = key !== name;
    }
    document.documentElement.dataset.roomPanel = name;
    const heading = this.get(name).querySelector("[data-panel-heading]");
    if (focus && heading) {
      heading.focus();
    }
  }

  /** Say something in words; with an action, resolve when it is chosen. */
  say({ title, sentence, action = "" }) {
    const panel = this.get("message");
    panel.querySelector("[data-panel-heading]").textContent = title;
    panel.querySelector("[data-message-text]").textContent = sentence;
    const button = panel.querySelector("[data-message-action]");
    button.textContent = action;
    button.hidden = !action;
    this.show("message");
    return new Promise((resolve) => {
      button.onclick = () => resolve();
    });
  }
}
