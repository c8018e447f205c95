/**
 * The candidate's answers: what is chosen, what the server has acknowledged, what is flagged for later.
 */

const same = (one, other) => [...one].sort().join() === [...other].sort().join();
let stamps = 0;
const newStamp = () => `${performance.timeOrigin}-${(stamps += 1)}`;

export class Answers extends EventTarget {
  /** @param {{item: string}[]} layout the items in the order of this attempt */
  constructor(layout, store) {
    super();
    this.items = layout.map((entry) => entry.item);
    this.store = store;
    this.values = new Map();
    this.acknowledged = new Map();
    this.unsent = new Map();
    this.flags = new Set();
    this.seq = 0;
    this.position = 0;
  }

  /**
   * Begin from what the server holds and what this browser still had to send.
   *
   * An unsent answer counts when the server still holds the answer it was entered upon. If another page or device
   * has answered the item since, that answer stands, and the unsent one merely stays in the store.
   */
  adopt({ answers: held, seq }, { answers: kept, note }) {
    this.seq = Math.max(seq ?? 0, note.seq ?? 0);
    this.flags = new Set((note.flags ?? []).filter((item) => this.items.includes(item)));
    this.position = Math.min(note.position ?? 0, this.items.length - 1);
    for (const item of this.items) {
      const value = held[item] ?? [];
      this.values.set(item, value);
      this.acknowledged.set(item, value);
    }
    for (const { item, value, base, stamp, isSent } of kept) {
      const current = this.acknowledged.get(item);
      if (!isSent && current && !same(value, current) && same(base, current)) {
        this.values.set(item, value);
        this.unsent.set(item, { item, value, stamp });
      }
    }
  }

  /** As `adopt`, for a page that was at work before and holds its own unsent answers. */
  adoptAgain(opened) {
    const kept = this.toSend().map((record) => ({
      ...record,
      base: this.acknowledged.get(record.item) ?? [],
    }));
    this.unsent.clear();
    const note = { seq: this.seq, flags: [...this.flags], position: this.position };
    this.adopt(opened, { answers: kept, note });
  }

  value(item) {
    return this.values.get(item) ?? [];
  }

  isAnswered(item) {
    return this.value(item).length > 0;
  }

  unanswered() {
    return this.items.filter((item) => !this.isAnswered(item));
  }

  flagged() {
    return this.items.filter((item) => this.flags.has(item));
  }

  /** Take a new answer: on disk first, then it is announced for sending. */
  async choose(item, value) {
    const record = { item, value, stamp: newStamp(), isSent: false };
    this.values.set(item, value);
    this.unsent.set(item, record);
    this.dispatchEvent(new Event("change"));
    await this.store.keepAnswer({ ...record, base: this.acknowledged.get(item) ?? [] });
    this.dispatchEvent(new Event("kept"));
  }

  toggleFlag(item) {
    if (!this.flags.delete(item)) {
      this.flags.add(item);
    }
    this.dispatchEvent(new Event("change"));
    return this.note();
  }

  goTo(position) {
    this.position = position;
    return this.note();
  }

  /** Give out the next sequence number, noted on disk before it is used: after a reload it is not used again. */
  async nextSeq() {
    this.seq += 1;
    await this.note();
    return this.seq;
  }

  note() {
    return this.store.keepNote({ seq: this.seq, flags: [...this.flags], position: this.position });
  }

  /** All answers the server has not acknowledged. */
  toSend() {
    return [...this.unsent.values()];
  }

  /** The server holds these; one that was changed meanwhile stays to be sent. */
  acknowledge(sent) {
    for (const record of sent) {
      this.acknowledged.set(record.item, record.value);
      if (this.unsent.get(record.item)?.stamp === record.stamp) {
        this.unsent.delete(record.item);
      }
      this.store.markSent(record);
    }
  }
}
