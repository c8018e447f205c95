/**
 * The page's words. Scripts hold none: the template has them, translated, in <template data-room-texts>.
 */

/** Return a function (key, values) → sentence with {placeholders} filled in. */
export function readTexts(root) {
  const texts = new Map();
  const template = root.querySelector("template[data-room-texts]");
  for (const node of template.content.querySelectorAll("[data-text]")) {
    texts.set(node.dataset.text, node.textContent.trim());
  }
  return (key, values = {}) =>
    (texts.get(key) ?? key).replace(/\{(\w+)\}/g, (_match, name) => String(values[name] ?? ""));
}
