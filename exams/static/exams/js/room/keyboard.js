/**
 * Single keys: digits and letters choose, arrows and N/P move, F flags, S opens the sheet, ? explains.
 * They can be switched off, and never act while a dialog is open or together with Ctrl, Alt or Meta.
 */

export function watchKeys(actions, isActive) {
  const named = {
    ArrowRight: actions.next,
    ArrowLeft: actions.previous,
    n: actions.next,
    p: actions.previous,
  };
  const help = { "?": actions.help, "？": actions.help };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !isActive()) {
      return;
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = help[key] ?? named[key] ?? choice(key, actions);
    if (act) {
      event.preventDefault();
      act();
    }
  });
}

/** Letters A to E choose; options beyond have digits, for F, N, P and S are taken. */
function choice(key, actions) {
  if (/^[1-9]$/.test(key)) {
    return () => actions.choose(Number(key) - 1);
  }
  if (key === "f") {
    return actions.flag;
  }
  if (key === "s") {
    return actions.sheet;
  }
  if (/^[a-e]$/.test(key)) {
    return () => actions.choose(key.charCodeAt(0) - 97);
  }
  return null;
}
