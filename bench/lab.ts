import type { Browser, Page as BrowserPage } from 'playwright-core';
import { launchChromium } from '../test/support/browser';
import type { Opener } from '../test/support/prepared';
import { oneLine } from './measure';
import type { OnnxType } from './model/onnx';
import { promptIds } from './model/prompts';
import type { ModelStore } from './model/store';
import type { Entry } from './pages/contestant';
import type { Limits } from './pages/limits';
import type { Page } from './pages/page';
import { Native } from './peers/native';
import { serveBench } from './site';
import { isPeer, type Precision, type Who } from './who';

/** One way to run GPT-2, here or in a browser. Times are in milliseconds. */
export interface Runner {
  tokens(past: readonly number[], count: number): Promise<number[]>;
  prompt(ids: readonly number[], run?: number): Promise<number>;
  logits(ids: readonly number[]): Promise<Float32Array>;
}

interface Open extends Runner {
  close(): Promise<void>;
}

/** Whoever has not answered a call after so long has failed: the longest takes a few seconds. */
const PATIENCE_MS = 180_000;

/** What all rows of one run share: the model, the browser, and whoever is open in it. */
export class Lab {
  readonly #open = new Map<string, Promise<Open>>();
  #site: ReturnType<typeof serveBench> | undefined;
  #browser: Promise<Browser> | undefined;
  #prompts = 0;
  readonly #limits = new Map<number, Promise<Limits>>();

  /** @param quick fewer rounds, for a first look */
  constructor(
    readonly store: ModelStore,
    readonly quick: boolean,
    readonly tell: (text: string) => void,
  ) {}

  /** `n` token ids that nobody has seen in this run, so that no cache has them. */
  prompt(n: number): number[] {
    return promptIds(n, ++this.#prompts);
  }

  /** Few for a first look, more for a figure that counts. */
  rounds(quick: number, full: number): number {
    return this.quick ? quick : full;
  }

  get browser(): Promise<Browser> {
    this.#browser ??= launchChromium({ measuresMemory: true });
    return this.#browser;
  }

  /**
   * Whoever is asked for, opened; others are closed first, for each holds the whole model. A peer that cannot be opened rejects
   * each call with the reason, so that the others go on; one that fails is opened anew for the next row.
   */
  async runners(who: readonly Who[], threads: number): Promise<Runner[]> {
    const keys = who.map((name) => `${name}, ${threads}`);
    for (const key of this.#open.keys()) if (!keys.includes(key)) await this.#close(key);
    const runners: Runner[] = [];
    for (const [i, key] of keys.entries()) {
      const name = who[i] as Who;
      let open = this.#open.get(key);
      if (!open) {
        this.tell(`Opening ${name} on ${threads === 1 ? 'one thread' : `${threads} threads`}`);
        open = inTime(this.#opened(name, threads), `${name} was not open`);
        this.#open.set(key, open);
      }
      try {
        runners.push(this.#watched(name, key, await open));
      } catch (error) {
        this.#open.delete(key);
        if (!isPeer(name)) throw error;
        this.tell(`${name} could not be opened: ${oneLine(error)}`);
        runners.push(unable(error));
      }
    }
    return runners;
  }

  /** A runner whose failures and silence are told, and after which it is not used again. */
  #watched(name: Who, key: string, open: Open): Runner {
    const watched = async <T>(answer: Promise<T>): Promise<T> => {
      try {
        return await inTime(answer, `${name} gave no answer`);
      } catch (error) {
        this.tell(`${name} failed: ${oneLine(error)}`);
        await this.#close(key);
        throw error;
      }
    };
    return {
      tokens: (past, count) => watched(open.tokens(past, count)),
      prompt: (ids, run) => watched(open.prompt(ids, run)),
      logits: (ids) => watched(open.logits(ids)),
    };
  }

  async #close(key: string): Promise<void> {
    const open = this.#open.get(key);
    this.#open.delete(key);
    // Whoever has crashed cannot be closed, either.
    await inTime((async () => (await open)?.close())(), `${key} did not close`).catch(() => {});
  }

  /** What this machine and this browser can do at the most, measured in this run. */
  limits(threads: number): Promise<Limits> {
    const known = this.#limits.get(threads);
    if (known) return known;
    const made = this.#measureLimits(threads);
    this.#limits.set(threads, made);
    return made;
  }

  /** The limits that were measured so far. */
  measuredLimits(): Promise<Limits[]> {
    return Promise.all(this.#limits.values());
  }

  /** The bench's own pages. */
  get site(): ReturnType<typeof serveBench> {
    this.#site ??= serveBench(this.store.folder);
    return this.#site;
  }

  /** A fresh page of the bench, in another browser than the lab's own where one is given. */
  async page(browser?: Opener): Promise<BrowserPage> {
    const context = await (browser ?? (await this.browser)).newContext();
    const page = await context.newPage();
    await page.goto((await this.site).url);
    await page.waitForFunction(() => 'bench' in window);
    return page;
  }

  async close(): Promise<void> {
    for (const key of [...this.#open.keys()]) await this.#close(key);
    await (await this.#browser?.catch(() => undefined))?.close();
    await (await this.#site?.catch(() => undefined))?.close();
  }

  async #measureLimits(threads: number): Promise<Limits> {
    this.tell(`Measuring what ${threads === 1 ? 'one thread' : `${threads} threads`} can do at the most`);
    const page = await this.page();
    const rounds = this.rounds(6, 20);
    const limits = await page.evaluate(
      ([threads, rounds]) => (window as unknown as { bench: Page }).bench.limits(threads, rounds),
      [threads, rounds] as const,
    );
    await page.context().close();
    return limits;
  }

  async #opened(who: Who, threads: number): Promise<Open> {
    const [peer, precision] = who.split(' ') as [string, string];
    if (peer === 'ours' || peer === 'products') {
      this.store.huggingFace();
      return this.#inPage({ peer, threads, model: 'models/hf', dtype: precision });
    }
    if (peer === 'llama.cpp') return openNative(this.store.gguf(precision as Precision), threads);
    if (peer === 'wllama') {
      this.store.gguf(precision as Precision);
      return this.#inPage({ peer, threads, model: `models/gpt2-${precision}.gguf` });
    }
    this.store.onnx(precision as OnnxType);
    return this.#inPage({ peer: 'transformers', threads, model: 'models/', dtype: precision });
  }

  async #inPage(entry: Entry): Promise<Open> {
    const page = await this.page();
    const call = <K extends 'tokens' | 'prompt' | 'logits'>(name: K, ...args: readonly unknown[]) =>
      page.evaluate(
        ([name, args]) =>
          ((window as unknown as { bench: Page }).bench[name] as (...args: readonly unknown[]) => unknown)(
            ...args,
          ),
        [name, args] as const,
      );
    await page.evaluate((entry) => (window as unknown as { bench: Page }).bench.open(entry), entry);
    return {
      tokens: (past, count) => call('tokens', past, count) as Promise<number[]>,
      prompt: (ids, run) => call('prompt', ids, run) as Promise<number>,
      logits: async (ids) => Float32Array.from((await call('logits', ids)) as number[]),
      close: () => page.context().close(),
    };
  }
}

async function inTime<T>(task: Promise<T>, late: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${late} after ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([task, silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** Somebody who cannot be asked anything, and says why. */
function unable(error: unknown): Runner {
  const refuse = () => Promise.reject(error);
  return { tokens: refuse, prompt: refuse, logits: refuse };
}

async function openNative(path: string, threads: number): Promise<Open> {
  const native = await Native.open(path, { threads });
  const timed = async (ids: readonly number[]) => {
    const began = performance.now();
    await native.run(ids);
    return performance.now() - began;
  };
  return {
    async tokens(past, count) {
      native.keep(0);
      let next = await native.run(past);
      const times: number[] = [];
      for (let i = 0; i < count; i++) {
        const began = performance.now();
        next = await native.run([next]);
        times.push(performance.now() - began);
      }
      return times;
    },
    prompt(ids) {
      native.keep(0);
      return timed(ids);
    },
    logits(ids) {
      native.keep(0);
      return native.logits(ids);
    },
    close: () => native.dispose(),
  };
}
