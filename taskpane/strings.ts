import type { PassTime } from '../src/engine/api';
import { duration } from '../src/sheet/duration';

/** Every word that the pane says by itself. A translation replaces this file alone. */

const LOCALE = 'en';

/** 1234567 → "1,234,567" */
export const count = (n: number): string => n.toLocaleString(LOCALE);

/** 2433560 → "2.4 MB", in powers of a thousand as file managers on the web write it. */
export function bytes(n: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(n, 1)) / 3));
  const value = n / 1000 ** power;
  return `${value.toLocaleString(LOCALE, { maximumFractionDigits: value < 10 ? 1 : 0 })} ${units[power]}`;
}

/** 14:03 */
export const clock = (at: Date): string =>
  at.toLocaleTimeString(LOCALE, { hour: '2-digit', minute: '2-digit', hour12: false });

const plural = (n: number, one: string, many: string) => `${count(n)} ${n === 1 ? one : many}`;

export const strings = {
  title: 'GPT-2 in cells',

  views: {
    label: 'Views',
    formulas: 'Formulas',
    pictures: 'Pictures',
    cells: 'Cells',
    sheets: 'Sheets',
    trace: 'Trace',
    model: 'Model',
  },

  model: {
    heading: 'Model',
    shape: (layers: number, heads: number, width: number) =>
      `${plural(layers, 'layer', 'layers')} × ${plural(heads, 'head', 'heads')} × ${count(width)} wide`,
    parameters: 'Parameters',
    context: 'Context',
    vocabulary: 'Vocabulary',
    size: 'Size',
    hash: 'SHA-256',
    tokens: (n: number) => plural(n, 'token', 'tokens'),
    noHash: 'known when all of it is here',
    noTokenizer: 'This model has no vocabulary file: give formulas token ids in place of text.',
  },

  backend: {
    heading: 'Back end',
    names: { webgpu: 'WebGPU', wasm: 'WebAssembly', reference: 'plain JavaScript' },
    choices: {
      best: 'Auto (fastest here)',
      webgpu: 'WebGPU (graphics card)',
      wasm: 'WebAssembly (processor)',
      reference: 'Reference (plain JavaScript)',
    },
    choose: 'Run the model on',
    change: 'Change back end',
    apply: 'Apply',
  },

  workbook: {
    absent: (name: string) => `This workbook uses ${name}; open the pane to load it.`,
    load: (name: string) => `Load ${name}`,
    builtIn: (name: string) => `Use ${name} instead`,
    elsewhere: (name: string) =>
      `${name} was opened from a folder of a computer: open that folder again under Model.`,
  },

  loading: {
    label: 'Loading the model',
    starting: 'Starting the engine',
    failed: 'The model is not available',
    tryAgain: 'Try again',
    useAuto: 'Use Auto',
    announceLoading: (name: string) => `Loading ${name}`,
    stop: 'Stop',
    announcePercent: (percent: number) => `${percent} percent loaded`,
    announceReady: (name: string, backend: string) => `${name} is ready on ${backend}`,
  },

  failure: {
    heading: (code: string, formula: string) => `${code} from ${formula}`,
    dismiss: 'Dismiss this error',
    announce: (formula: string, message: string) => `${formula} gave an error: ${message}`,
  },

  formulas: {
    heading: 'Formulas',
    filter: 'Filter formulas',
    clear: 'Clear the filter',
    none: (text: string) => `No formula matches “${text}”.`,
    found: (n: number) => plural(n, 'formula matches', 'formulas match'),
    failed: 'The list of formulas could not be loaded. Reload the add-in.',
    noSheet: 'No spreadsheet around this page: formulas are copied, for you to paste into one.',
    insert: 'Insert',
    copy: 'Copy',
    optional: 'optional',
    example: 'Example',
    parameters: 'Parameters',
    shows: 'Shows',
    /** The name of a link to a formula's page, and of the one to all of them. */
    page: (id: string) => `All about ${id}`,
    docs: 'Documentation',
    inserted: (address: string) => `Inserted at ${address}`,
    copied: 'Copied. Paste it into a cell.',
    notInserted: 'The formula could not be inserted.',
  },

  figures: {
    heading: 'Engine figures',
    forwardPasses: 'Forward passes',
    blocksRun: 'Blocks run',
    positionsRun: 'Positions run',
    positionsReused: 'Positions reused',
    requests: 'Requests',
    cacheHits: 'Answered from cache',
    lastPass: 'Last pass',
    pass: ({ tokens, blocks, milliseconds }: PassTime) =>
      `${plural(tokens, 'token', 'tokens')}, ${plural(blocks, 'block', 'blocks')}: ${duration(milliseconds)}`,
    noPass: 'none yet',
    cached: 'Cache',
    of: (used: string, limit: string) => `${used} of ${limit}`,
    waiting: 'Figures appear once a model is open.',
  },

  /** Of a part of the pane whose code comes when it is shown. */
  later: {
    notLoaded: 'This part of the pane could not be loaded. Is the server of this page within reach?',
  },

  /** Of the verification, what shows before its own part of the pane is there. */
  verify: {
    heading: 'Verify this model',
    lead: 'Computes again what others have published of a checkpoint, and compares.',
  },

  query: {
    unknownBackend: (value: string, allowed: string) =>
      `The address of this page asks for the back end “${value}”. Allowed are ${allowed}.`,
    badWorkers: (value: string) =>
      `The address of this page asks for “${value}” workers. Allowed are whole numbers from 1 to 99.`,
    badModel: (value: string) =>
      `The address of this page asks for the model “${value}”, which is not a web address or a folder beside the page.`,
  },
} as const;
