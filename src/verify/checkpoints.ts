import tinyStories from '../../weights/published.json';
import type { Config } from '../gpt2/config';
import { messages } from './messages';
import { distilgpt2 } from './published/distilgpt2';
import { gpt2 } from './published/gpt2';
import { gpt2Medium } from './published/gpt2-medium';
import { benchmarks } from './published/paper';
import { vocabulary } from './published/vocabulary';
import type { Published } from './values';

/** What tells one checkpoint from another by its config. */
type Sizes = Pick<Config, 'n_layer' | 'n_head' | 'n_embd' | 'vocab_size' | 'n_positions'>;

/** A checkpoint that has published values. */
export interface Checkpoint {
  readonly name: string;
  /** Other names under which people keep it. */
  readonly aliases: readonly string[];
  readonly sizes: Sizes;
  /** Numbers that training found. */
  readonly parameters: number;
  /** Who says so. */
  readonly source: string;
  /** Of `model.safetensors`, in hexadecimal, where it is published. */
  readonly sha256?: string;
  readonly published: Published;
}

const OPENAI = { vocab_size: 50257, n_positions: 1024 };
const PAPER = 'Language Models are Unsupervised Multitask Learners, and its released checkpoints';

/** Every checkpoint of which something is published. */
export const CHECKPOINTS: readonly Checkpoint[] = [
  {
    name: 'gpt2',
    aliases: ['gpt2-small', '124M', '117M'],
    sizes: { n_layer: 12, n_head: 12, n_embd: 768, ...OPENAI },
    parameters: 124_439_808,
    source: PAPER,
    published: { tokens: vocabulary, ...gpt2, benchmarks: benchmarks.gpt2 },
  },
  {
    name: 'distilgpt2',
    aliases: ['distilgpt-2'],
    sizes: { n_layer: 6, n_head: 12, n_embd: 768, ...OPENAI },
    parameters: 81_912_576,
    source: 'the released checkpoint of distilgpt2',
    published: { tokens: vocabulary, ...distilgpt2 },
  },
  {
    name: 'gpt2-medium',
    aliases: ['355M', '345M'],
    sizes: { n_layer: 24, n_head: 16, n_embd: 1024, ...OPENAI },
    parameters: 354_823_168,
    source: PAPER,
    published: { tokens: vocabulary, ...gpt2Medium, benchmarks: benchmarks.medium },
  },
  {
    name: 'gpt2-large',
    aliases: ['774M'],
    sizes: { n_layer: 36, n_head: 20, n_embd: 1280, ...OPENAI },
    parameters: 774_030_080,
    source: PAPER,
    published: { tokens: vocabulary, benchmarks: benchmarks.large },
  },
  {
    name: 'gpt2-xl',
    aliases: ['1558M', '1.5B'],
    sizes: { n_layer: 48, n_head: 25, n_embd: 1600, ...OPENAI },
    parameters: 1_557_611_200,
    source: PAPER,
    published: { tokens: vocabulary, benchmarks: benchmarks.xl },
  },
  {
    name: 'gpt2-tiny-stories',
    aliases: [],
    sizes: { n_layer: 4, n_head: 4, n_embd: 96, vocab_size: 1536, n_positions: 128 },
    parameters: tinyStories.parameters,
    source: tinyStories.source,
    sha256: tinyStories.sha256,
    published: tinyStories.published,
  },
];

/** Which checkpoint a model is held to be. */
export interface Claim {
  readonly checkpoint: Checkpoint;
  /** Whether its name says so; otherwise its shape alone does. */
  readonly byName: boolean;
}

/**
 * The checkpoint that a model claims to be: the one of its name, else the one of its shape, else none.
 * @param name what people call the model; of a path, such as `openai-community/gpt2`, the last part counts
 */
export function claimOf(config: Config, name: string): Claim | undefined {
  const last = name
    .replace(/[\\/]+$/, '')
    .replace(/^.*[\\/]/, '')
    .toLowerCase();
  const named = CHECKPOINTS.find(({ name, aliases }) =>
    [name, ...aliases].some((one) => one.toLowerCase() === last),
  );
  if (named) return { checkpoint: named, byName: true };
  const shaped = CHECKPOINTS.find(({ sizes }) => hasShape(config, sizes));
  return shaped && { checkpoint: shaped, byName: false };
}

/** Whether a config has a checkpoint's sizes. */
export const hasShape = (config: Config, sizes: Sizes): boolean =>
  (Object.keys(sizes) as (keyof Sizes)[]).every((key) => config[key] === sizes[key]);

/** What to say of a model that claims nothing. */
export const nothingPublished = (name: string): string =>
  messages.nothingPublished(
    name,
    CHECKPOINTS.map(({ name }) => name),
  );
