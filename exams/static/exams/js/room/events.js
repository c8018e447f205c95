/**
 * What the browser notices: the page left and come back to, the network lost and found. Reported, never judged here.
 */

export function watchScreen(outbox, onBack) {
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      outbox.report("screen_left");
      // The page may be closed next; what is unsent goes out now, and is on disk in any case.
      outbox.flush({ keepalive: true }).catch(() => {});
    } else {
      outbox.report("screen_back");
      onBack();
    }
  });
}

export function watchNetwork(outbox) {
  window.addEventListener("offline", () => {
    outbox.report("offline");
    outbox.setOffline(true);
  });
  window.addEventListener("online", () => {
    outbox.report("online");
    outbox.setOffline(false);
  });
  if (!navigator.onLine) {
    outbox.setOffline(true);
  }
}
