import type { Page } from 'playwright-core';
import type { Outcome, ReadRequest, Ticketed } from '../../src/rpc/protocol';
import { type Call, callFormulas } from '../../test/support/formulas';

/** What GENERATE did to its cell. */
export interface Written {
  readonly milliseconds: number;
  readonly updates: number;
}

type Formula = (...args: unknown[]) => unknown;
type Registered = { _association: { mappings: Record<string, Formula> } };
type Engine = { engineWorker: Worker };
/** Where a page keeps what its worker has been asked. */
type Kept = { asked: ReadRequest[][] };

/** Waits until the formulas are there. */
export const registered = (page: Page): Promise<unknown> =>
  page.waitForFunction(
    () =>
      typeof CustomFunctions !== 'undefined' &&
      'NEXT' in ((CustomFunctions as unknown as Registered)._association?.mappings ?? {}),
    undefined,
    { timeout: 120_000, polling: 10 },
  );

/**
 * Calls formulas in one moment, as a recalculation does, and leaves their results in the page.
 * @returns milliseconds until the last of them has its value
 */
export const burst = (page: Page, calls: readonly Call[]): Promise<number> =>
  page.evaluate(async (calls) => {
    const { mappings } = (CustomFunctions as unknown as Registered)._association;
    const began = performance.now();
    await Promise.all(
      calls.map(([id, ...args]) => {
        const formula = mappings[id] as Formula;
        return formula(...args, ...new Array<null>(formula.length - 1 - args.length).fill(null), {});
      }),
    );
    return performance.now() - began;
  }, calls as Call[]);

/**
 * Asks the add-in's worker, without any formula around it: one message after the other, each with some requests.
 * @throws Error with what the worker says when a request fails
 */
export const ask = (page: Page, messages: readonly (readonly ReadRequest[])[]): Promise<number> =>
  page.evaluate(async (messages) => {
    const { engineWorker } = window as unknown as Engine;
    const read = (requests: readonly ReadRequest[]) =>
      new Promise<void>((resolve, reject) => {
        const id = `bench-${Math.random()}`;
        engineWorker.addEventListener('message', function answered({ data }) {
          if (data?.id !== id) return;
          engineWorker.removeEventListener('message', answered);
          const outcomes: Outcome[] = data.value ?? [];
          if (outcomes.length === requests.length && outcomes.every((one) => 'tensors' in one)) resolve();
          else reject(new Error(`The worker answered ${JSON.stringify(outcomes.length ? outcomes : data)}`));
        });
        const value = requests.map((request) => ({ ticket: -Math.floor(Math.random() * 1e9), request }));
        engineWorker.postMessage({
          id,
          type: 'APPLY',
          path: ['read'],
          argumentList: [{ type: 'RAW', value }],
        });
      });
    const began = performance.now();
    for (const requests of messages) await read(requests);
    return performance.now() - began;
  }, messages as ReadRequest[][]);

/**
 * The logits behind the last of each prompt's ids, one prompt after the other.
 * @param all whether the last block runs for all positions, too, as it has to for cells that show something of them
 */
export const bare = (page: Page, prompts: readonly (readonly number[])[], all = false): Promise<number> =>
  ask(
    page,
    prompts.map((ids) => [
      {
        from: { ids: [...ids] },
        wants: [...(all ? [{ name: 'ln_final' } as const] : []), { name: 'logits', position: -1 }],
      },
    ]),
  );

/** What some formulas ask of the worker when they are called in one moment: its messages, each with its requests. */
export const askedBy = async (page: Page, calls: readonly Call[]): Promise<ReadRequest[][]> => {
  await page.evaluate(() => {
    const kept = window as unknown as Engine & Kept;
    const { engineWorker } = kept;
    kept.asked = [];
    engineWorker.postMessage = (message: unknown, more?: StructuredSerializeOptions | Transferable[]) => {
      const { path, argumentList } = message as { path?: string[]; argumentList?: { value: Ticketed[] }[] };
      if (path?.[0] === 'read')
        kept.asked.push((argumentList?.[0]?.value ?? []).map(({ request }) => request));
      Worker.prototype.postMessage.call(engineWorker, message, more as StructuredSerializeOptions);
    };
  });
  await burst(page, calls);
  return page.evaluate(() => {
    const { engineWorker, asked } = window as unknown as { engineWorker: Partial<Worker> } & Kept;
    delete engineWorker.postMessage; // its own again
    return asked;
  });
};

/** GENERATE has ended when nothing more comes for so long; that it has is told by nobody. */
const SILENCE_MS = 5000;

/** GENERATE of so many tokens → how long until its cell changed last, and how often it changed. */
export const generate = (page: Page, ids: readonly number[], count: number): Promise<Written> =>
  page.evaluate(
    ([ids, count, silence]) =>
      new Promise<Written>((resolve, reject) => {
        const formula = (CustomFunctions as unknown as Registered)._association.mappings.GENERATE as Formula;
        const began = performance.now();
        const written = { milliseconds: 0, updates: 0 };
        let ending: ReturnType<typeof setTimeout> | undefined;
        const setResult = (value: unknown) => {
          if (typeof value !== 'string') return reject(new Error(`GENERATE: ${JSON.stringify(value)}`));
          written.milliseconds = performance.now() - began;
          clearTimeout(ending);
          if (++written.updates === count) resolve(written);
          else ending = setTimeout(() => resolve(written), silence);
        };
        formula(
          ids.map((id) => [id]),
          count,
          null,
          null,
          null,
          null,
          { setResult },
        );
      }),
    [ids as number[], count, SILENCE_MS] as const,
  );

/** A model that is not there after so long will not come. */
const PATIENCE_MS = 15 * 60_000;

/**
 * NEXT, tried again until the model is there.
 * @param input a text, or token ids
 * @returns milliseconds since the page was navigated to
 * @throws Error with what NEXT says when the model does not come
 */
export async function firstNext(page: Page, input: string | readonly number[]): Promise<number> {
  await registered(page);
  const cells = typeof input === 'string' ? [[input]] : input.map((id) => [id]);
  return page.evaluate(
    async ([cells, patience]) => {
      const next = (CustomFunctions as unknown as Registered)._association.mappings.NEXT as Formula;
      for (;;) {
        try {
          await next(cells, null, null, null, null, {});
          return performance.now();
        } catch (error) {
          if (performance.now() > patience) throw error;
          await new Promise((resolve) => setTimeout(resolve, 20)); // parts of it are still on their way
        }
      }
    },
    [cells, PATIENCE_MS] as const,
  );
}

/** What STATUS says first: the model, and what runs it. */
export const status = (page: Page): Promise<string> =>
  page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const formula = (CustomFunctions as unknown as Registered)._association.mappings.STATUS as Formula;
        formula({ setResult: resolve });
      }),
  );

/**
 * Waits until an open model is whole, its hash known to be right: until then STATUS counts its parts.
 * @returns milliseconds since the page was navigated to
 * @throws Error with what STATUS says when it cannot be opened
 */
export const whole = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const formula = (CustomFunctions as unknown as Registered)._association.mappings.STATUS as Formula;
        formula({
          setResult: (text: string) => {
            if (text.includes(' is ready. ')) resolve(performance.now());
            else if (text.includes('could not be opened')) reject(new Error(text));
          },
        });
      }),
  );

/** Bytes that the page and its workers hold after a collection. */
export const memory = (page: Page): Promise<number> =>
  page.evaluate(() =>
    (performance as unknown as { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> })
      .measureUserAgentSpecificMemory()
      .then(({ bytes }) => bytes),
  );

export { callFormulas };
