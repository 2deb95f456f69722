import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { inTime } from '../../../src/in-time';
import { type Entry, Overtaken, VERSION } from './entry';

const DATABASE = 'gpt2-workbench';
const DATABASE_VERSION = 1;
/** A browser that does not answer by then will not. */
const ANSWERS_WITHIN = 8000;

interface Stored extends DBSchema {
  entries: { key: string; value: Entry };
  parts: {
    key: [id: string, part: string];
    value: { id: string; part: string; bytes: Uint8Array };
    indexes: { id: string };
  };
}

/** The workbooks that are kept in this browser. All that is written of one at a time is written, or nothing. */
export class Shelf {
  private constructor(private readonly database: IDBPDatabase<Stored>) {}

  /** @throws when the browser keeps nothing for this page */
  static async open(): Promise<Shelf> {
    const opening = openDB<Stored>(DATABASE, DATABASE_VERSION, {
      upgrade: (database) => {
        database.createObjectStore('entries', { keyPath: 'id' });
        database.createObjectStore('parts', { keyPath: ['id', 'part'] }).createIndex('id', 'id');
      },
      // A later version of the page wants to change the database: it must not wait for this one.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
    const database = await inTime(opening, ANSWERS_WITHIN, () => {
      throw new Error('The browser’s storage does not answer.');
    });
    return new Shelf(database);
  }

  /** All workbooks, the last written first. */
  async list(): Promise<Entry[]> {
    const entries = await this.database.getAll('entries');
    return entries.sort((a, b) => b.changed - a.changed);
  }

  async entry(id: string): Promise<Entry | undefined> {
    return this.database.get('entries', id);
  }

  /** The parts of a workbook, packed, by name. */
  async parts(id: string): Promise<Map<string, Uint8Array>> {
    const found = await this.database.getAllFromIndex('parts', 'id', id);
    return new Map(found.map(({ part, bytes }) => [part, bytes]));
  }

  /**
   * Writes a workbook, or the parts of it that have changed.
   *
   * @param after The revision that this is a change of; 0 for a new workbook.
   * @param parts What has changed.
   * @param all The names of all parts that the workbook has now; others are removed.
   * @throws Overtaken when it has been written or removed by somebody else since
   * @throws DOMException named QuotaExceededError when the browser has no room
   */
  async write(
    { id, name }: Pick<Entry, 'id' | 'name'>,
    after: number,
    parts: ReadonlyMap<string, Uint8Array>,
    all: ReadonlySet<string>,
  ): Promise<Entry> {
    const transaction = this.database.transaction(['entries', 'parts'], 'readwrite');
    const entries = transaction.objectStore('entries');
    const store = transaction.objectStore('parts');
    try {
      const before = await entries.get(id);
      if ((before?.revision ?? 0) !== after)
        throw new Overtaken(`Revision ${before?.revision ?? 0} follows ${after}.`);
      let bytes = 0;
      for (const part of await store.index('id').getAll(id)) {
        if (!all.has(part.part)) await store.delete([id, part.part]);
        else if (!parts.has(part.part)) bytes += part.bytes.length;
      }
      for (const [part, packed] of parts) {
        bytes += packed.length;
        await store.put({ id, part, bytes: packed });
      }
      const entry = { id, version: VERSION, name, changed: Date.now(), revision: after + 1, bytes };
      await entries.put(entry);
      await transaction.done;
      return entry;
    } catch (error) {
      // What went wrong is thrown; that the rest was therefore not done need not be.
      transaction.done.catch(() => {});
      if (transaction.error === null) {
        try {
          transaction.abort();
        } catch {
          // It has ended by itself.
        }
      }
      throw transaction.error ?? error;
    }
  }

  /** Gives a workbook another name. @throws when it is gone */
  async rename(id: string, name: string): Promise<Entry> {
    const transaction = this.database.transaction('entries', 'readwrite');
    const entry = await transaction.store.get(id);
    if (!entry) throw new Error('There is no such workbook any more.');
    const renamed = { ...entry, name };
    await transaction.store.put(renamed);
    await transaction.done;
    return renamed;
  }

  async remove(id: string): Promise<void> {
    const transaction = this.database.transaction(['entries', 'parts'], 'readwrite');
    await transaction.objectStore('entries').delete(id);
    const store = transaction.objectStore('parts');
    for (const key of await store.index('id').getAllKeys(id)) await store.delete(key);
    await transaction.done;
  }
}
