// Light or dark: the device decides until somebody presses the switch; then the choice is remembered here.
// Loaded with blocking="render", so that a page never flashes in the wrong colours.

const KEY = "mingfa-theme";
const root = document.documentElement;
const devicePrefersDark = matchMedia("(prefers-color-scheme: dark)");

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage may be forbidden; the device then decides
  }
}

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : devicePrefersDark.matches;
}

function showState() {
  for (const button of document.querySelectorAll("[data-theme-toggle]")) {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(isDark()));
  }
}

function toggle() {
  root.dataset.theme = isDark() ? "light" : "dark";
  try {
    localStorage.setItem(KEY, root.dataset.theme);
  } catch {
    // the choice then lasts as long as the page
  }
  showState();
}

const choice = remembered();
// A page that fixes its theme (a document for paper) keeps it.
if (!root.dataset.theme && (choice === "light" || choice === "dark")) root.dataset.theme = choice;

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-theme-toggle]")) toggle();
});
devicePrefersDark.addEventListener("change", showState);
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", showState);
else showState();
