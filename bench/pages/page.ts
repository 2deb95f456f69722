import type { Contestant, Entry } from './contestant';
import { fetchAndHash } from './fetch-and-hash';
import { countGpu } from './gpu';
import { findMemory, keepAndHash, keepAndPrepare } from './kept';
import { limits } from './limits';
import { tryOperations } from './operations';
import { profile } from './profile';
import { ortStarts } from './starts';

/** What the bench calls from outside: one contestant in a page, so that closing the page gives its memory back. */
export interface Page {
  open(entry: Entry): Promise<void>;
  tokens(past: readonly number[], count: number): Promise<number[]>;
  prompt(ids: readonly number[], run?: number): Promise<number>;
  logits(ids: readonly number[]): Promise<number[]>;
  limits: typeof limits;
  fetchAndHash: typeof fetchAndHash;
  keepAndHash: typeof keepAndHash;
  keepAndPrepare: typeof keepAndPrepare;
  findMemory: typeof findMemory;
  countGpu: typeof countGpu;
  profile: typeof profile;
  tryOperations: typeof tryOperations;
  univerAlone(cells: number, rounds: number): Promise<number[]>;
  univerStarts(): Promise<number>;
  ortStarts: typeof ortStarts;
}

let contestant: Contestant;
const openers: Record<Entry['peer'], (entry: Entry) => Promise<Contestant>> = {
  ours: async (entry) => (await import('./ours')).openOurs(entry),
  products: async (entry) => (await import('./products')).openProducts(entry),
  wllama: async (entry) => (await import('./wllama')).openWllama(entry),
  transformers: async (entry) => (await import('./transformers')).openTransformers(entry),
};

const page: Page = {
  async open(entry) {
    contestant = await openers[entry.peer](entry);
  },
  tokens: (past, count) => contestant.tokens(past, count),
  prompt: (ids, run) => contestant.prompt(ids, run),
  async logits(ids) {
    if (!contestant.logits) throw new Error('This one does not give out its logits.');
    return [...(await contestant.logits(ids))];
  },
  limits,
  fetchAndHash,
  keepAndHash,
  keepAndPrepare,
  findMemory,
  countGpu,
  profile,
  tryOperations,
  ortStarts,
  univerStarts: async () => (await import('./univer')).univerStarts(),
  univerAlone: async (cells, rounds) => (await import('./univer')).univerAlone(cells, rounds),
};
Object.assign(window, { bench: page });
