/**
 * What the candidate entered, on this computer's disk before it goes anywhere else.
 *
 * IndexedDB, database `mingfa-room`:
 *   answers   [attempt, item] → {attempt, item, value, base, isSent, stamp}
 *   attempts  attempt → {attempt, seq, flags, position}
 * `base` is the value the server had acknowledged when this one was entered. Without IndexedDB (private windows of
 * some browsers) everything is kept in memory and `isLasting` is false, which the page shows.
 */

const NAME = "mingfa-room";

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("answers", { keyPath: ["attempt", "item"] });
    request.result.createObjectStore("attempts", { keyPath: "attempt" });
  };
  return settled(request);
}

export class Store {
  /** Open the store of an attempt; `onTrouble` is called once when the disk refuses. */
  static async open(attempt, onTrouble) {
    const store = new Store(attempt, onTrouble);
    try {
      store.database = await open();
    } catch {
      store.giveUp();
    }
    return store;
  }

  constructor(attempt, onTrouble) {
    this.attempt = attempt;
    this.onTrouble = onTrouble;
    this.database = null;
    this.isLasting = true;
  }

  giveUp() {
    if (this.isLasting) {
      this.isLasting = false;
      this.onTrouble();
    }
  }

  /** Return {answers, note} kept for this attempt by any page of this browser. */
  async load() {
    try {
      const transaction = this.database.transaction(["answers", "attempts"]);
      const range = IDBKeyRange.bound([this.attempt], [this.attempt, []]);
      const [answers, note] = await Promise.all([
        settled(transaction.objectStore("answers").getAll(range)),
        settled(transaction.objectStore("attempts").get(this.attempt)),
      ]);
      return { answers, note: note ?? {} };
    } catch {
      this.giveUp();
      return { answers: [], note: {} };
    }
  }

  keepAnswer(record) {
    return this.write("answers", (kept) => kept.put({ ...record, attempt: this.attempt }));
  }

  keepNote(note) {
    return this.write("attempts", (kept) => kept.put({ ...note, attempt: this.attempt }));
  }

  /** Mark an answer as acknowledged, unless another one was entered meanwhile. */
  markSent({ item, stamp }) {
    return this.write("answers", (kept) => {
      const key = [this.attempt, item];
      kept.get(key).onsuccess = ({ target }) => {
        const record = target.result;
        if (record?.stamp === stamp) {
          kept.put({ ...record, base: record.value, isSent: true });
        }
      };
    });
  }

  /** Forget the attempt: it was handed in and everything was acknowledged. */
  async forget() {
    await this.write("answers", (kept) =>
      kept.delete(IDBKeyRange.bound([this.attempt], [this.attempt, []])),
    );
    await this.write("attempts", (kept) => kept.delete(this.attempt));
  }

  /** Run one write to its end on disk. A full or broken disk stops nothing: the answers go on to the server. */
  write(name, act) {
    return new Promise((resolve) => {
      try {
        const transaction = this.database.transaction(name, "readwrite", { durability: "strict" });
        transaction.oncomplete = resolve;
        transaction.onabort = () => resolve(this.giveUp());
        act(transaction.objectStore(name));
      } catch {
        resolve(this.giveUp());
      }
    });
  }
}
