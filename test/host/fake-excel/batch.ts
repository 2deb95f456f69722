/** What is asked of Excel, done at the next `sync`. */
export type Later = (work: () => void) => void;

/** An object whose properties are there once they were loaded and synced. @param exists otherwise it is a null object */
export type Loadable = <T extends object>(
  properties: Record<string, () => unknown>,
  own: T,
  exists?: () => boolean,
) => T & { load(wanted: string | string[]): void };

/** A request to Excel: nothing happens and nothing can be read before `sync`, and only what was loaded can be read then. */
export interface Batch {
  readonly context: { sync(): Promise<void>; workbook: object };
  readonly later: Later;
  readonly loadable: Loadable;
}

/** @param onSync called at every sync, before what waits for it is done */
export function startBatch(onSync: () => void): Batch {
  const queue: (() => void)[] = [];
  const later: Later = (work) => void queue.push(work);

  const loadable: Loadable = (properties, own, exists = () => true) => {
    const loaded = new Map<string, unknown>();
    let missing: boolean | undefined;
    later(() => {
      missing = !exists();
    });
    const base = {
      context,
      load: (wanted: string | string[]) => {
        for (const name of [wanted].flat()) {
          const [first = ''] = name.split('/');
          if (!(first in properties)) throw new Error(`${name} cannot be loaded.`);
          later(() => exists() && loaded.set(first, properties[first]?.()));
        }
      },
    };
    const made = Object.defineProperties(base, Object.getOwnPropertyDescriptors(own));
    return new Proxy(made as typeof own & typeof base, {
      get: (target, name: string) => {
        if (name === 'isNullObject') {
          if (missing === undefined) throw new Error('isNullObject was read before sync.');
          return missing;
        }
        if (!(name in properties)) return Reflect.get(target, name);
        if (!loaded.has(name)) throw new Error(`PropertyNotLoaded: ${name}`);
        return loaded.get(name);
      },
    });
  };

  const context = {
    sync: async () => {
      onSync();
      try {
        for (let work = queue.shift(); work; work = queue.shift()) work();
      } finally {
        // After an error Excel does nothing more of the request.
        queue.length = 0;
      }
    },
    workbook: {},
  };
  return { context, later, loadable };
}

/** An object of which only some properties can be set. @throws Error for others */
export const settable = <T extends object>(own: T, set: (name: string, value: unknown) => void): T =>
  new Proxy(own, {
    set: (_, name: string, value) => {
      set(name, value);
      return true;
    },
  });

export const cannotBeSet = (name: string): never => {
  throw new Error(`${name} cannot be set.`);
};
