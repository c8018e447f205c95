/**
 * The time left, as the server sees it. Nothing here reads the computer's date: what counts is what the server
 * said was left, and how much time has passed since by the monotonic clock.
 */

export class Clock {
  constructor(now = () => performance.now()) {
    this.now = now;
    this.endsAt = 0;
    this.submitOpensAt = 0;
  }

  /** Take over what the server said. `sentAt` is when the question went out; half of the journey has passed. */
  sync({ remaining_ms: remainingMs, submit_opens_in_ms: opensMs, sentAt }) {
    const answeredAt = (this.now() + (sentAt ?? this.now())) / 2;
    if (Number.isFinite(remainingMs)) {
      this.endsAt = answeredAt + remainingMs;
    }
    if (Number.isFinite(opensMs)) {
      this.submitOpensAt = answeredAt + opensMs;
    }
  }

  /** Milliseconds until the deadline, never below zero. */
  remaining() {
    return Math.max(0, this.endsAt - this.now());
  }

  /** Milliseconds until the paper may be handed in, never below zero. */
  untilSubmit() {
    return Math.max(0, this.submitOpensAt - this.now());
  }
}

const MINUTE_MS = 60_000;
export const CALM_UNTIL_MS = 10 * MINUTE_MS;

/** Return how the time left is worded: minutes while there is plenty, minutes and seconds in the last ten. */
export function worded(remainingMs, text) {
  const seconds = Math.ceil(remainingMs / 1000);
  if (remainingMs > CALM_UNTIL_MS) {
    const minutes = Math.ceil(seconds / 60);
    const hours = Math.floor(minutes / 60);
    return hours
      ? text("hoursMinutes", { hours, minutes: minutes % 60 })
      : text("minutes", { minutes });
  }
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Calls back once when the time left falls below each mark; an extension arms a mark again. */
export class Warnings {
  constructor(marksMs, announce) {
    this.marks = marksMs.map((ms) => ({ ms, given: false }));
    this.announce = announce;
  }

  /** On the first look, marks long past are taken as given, but for the one that holds now. */
  look(remainingMs) {
    const holding = this.marks.filter((mark) => remainingMs <= mark.ms).at(-1);
    for (const mark of this.marks) {
      if (remainingMs > mark.ms) {
        mark.given = false;
      } else if (!mark.given) {
        mark.given = true;
        if (mark === holding && remainingMs > 0) {
          this.announce(mark.ms);
        }
      }
    }
  }
}
