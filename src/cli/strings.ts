/** Everything that the command line says beside what a verification itself says. */
export const strings = {
  usage: `Usage: npm run verify -- <folder> [--as <checkpoint>] [--backend wasm|reference]

Computes every published value of a GPT-2 with the model in a Hugging Face folder (config.json, model.safetensors,
vocab.json, merges.txt), and prints a row for each. For example:

  npm run verify -- weights/gpt2-tiny-stories
  npm run verify -- ~/models/gpt2 --backend reference

  --as        the checkpoint that the model should be, where the folder's name does not say so
  --backend   wasm, the default, or reference: plain JavaScript, slow

Ends with 0 when every row that applies has passed, with 1 when one has failed or none could prove anything,
and with 2 when the folder cannot be read.`,
  oneFolder: (count: number) => `${count} folders were given: give one.`,
  backend: (given: string) => `--backend is ${given}: give wasm or reference.`,
  noSuchCheckpoint: (given: string, known: readonly string[]) =>
    `--as is ${given}: give one of ${known.join(', ')}.`,
  reading: (folder: string) => `Reading ${folder}`,
  opened: (name: string, backend: string) => `Checking against what is published of ${name}. ${backend}`,
  progress: (done: number, total: number, what: string) => `${done + 1} of ${total}: ${what}`,
  outcome: { passed: 'pass', failed: 'FAIL', skipped: 'skip' },
  difference: (difference: string, tolerance: string) => `(off by ${difference}, ${tolerance} allowed)`,
  expected: (value: string) => `published: ${value}`,
  ours: (value: string) => `ours:      ${value}`,
  source: (source: string) => `source:    ${source}`,
  worst: (what: string, difference: string, tolerance: string) =>
    `Nearest to or furthest beyond its tolerance: ${what}, off by ${difference}, ${tolerance} allowed.`,
};
