/**
 * Before the paper: waits for the bell, then for the candidate. Coming back to a running attempt needs no click.
 */

import { jitter } from "./outbox.js";

const BELL_MS = 10_000;
const STAGGER_MS = 3_000;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolve when the paper may be asked for. Pages that would all ask in the same second come one after the other. */
export async function passGate(gate, { opensInMs, isRunning, isReload }, text) {
  if (isRunning) {
    await pause(isReload ? 0 : jitter(STAGGER_MS));
    return;
  }
  const opensAt = performance.now() + opensInMs;
  const button = gate.querySelector("[data-begin]");
  const waiting = gate.querySelector("[data-waiting]");
  const look = () => {
    const left = opensAt - performance.now();
    button.disabled = left > 0;
    waiting.hidden = left <= 0;
    waiting.textContent = left > 60_000 ? text("opensInMinutes", { minutes: Math.ceil(left / 60_000) }) : text("opensSoon");
  };
  look();
  const timer = setInterval(look, 1000);
  await new Promise((resolve) => button.addEventListener("click", resolve, { once: true }));
  clearInterval(timer);
  button.disabled = true;
  const sinceBell = performance.now() - opensAt;
  await pause(sinceBell < BELL_MS && opensInMs > 0 ? jitter(STAGGER_MS) : 0);
}
