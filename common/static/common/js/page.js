// What every page does, whoever wrote it: focus the error summary, close the menu, print, say that a request was lost.

function focusErrors(root) {
  root.querySelector?.("[data-error-summary]")?.focus();
}

focusErrors(document);
document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.detail.target));

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  if (event.target.closest("[data-print]")) window.print();
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

function sayLost() {
  const words = document.getElementById("request-failed");
  const messages = document.getElementById("messages");
  if (words && messages) messages.replaceChildren(words.content.cloneNode(true));
}

document.addEventListener("htmx:sendError", sayLost);
document.addEventListener("htmx:timeout", sayLost);
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status >= 500) sayLost();
});
