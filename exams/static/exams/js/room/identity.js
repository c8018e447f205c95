/**
 * A random name for this tab, the same after a reload. A duplicated tab inherits the name with the session storage,
 * so a lock tells the two apart where the browser has locks (secure pages).
 */

const KEY = "mingfa-room-page";

function newName() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Try to hold the lock of a name for as long as the page lives. */
function claim(name) {
  if (!navigator.locks) {
    return Promise.resolve(true);
  }
  return new Promise((resolve) => {
    navigator.locks.request(`mingfa-room-${name}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? new Promise(() => {}) : undefined;
    });
  });
}

export async function pageName() {
  let name = "";
  try {
    name = sessionStorage.getItem(KEY) ?? "";
  } catch {
    return newName();
  }
  if (!name || !(await claim(name))) {
    name = newName();
    await claim(name);
    sessionStorage.setItem(KEY, name);
  }
  return name;
}
