const several = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;
const list = (numbers: readonly number[]) => numbers.join(', ');

/** Every word on the sheets of a layout, and of what is refused. A translation replaces this file alone. */
export const words = {
  sheets: {
    map: 'Map',
    embedding: 'Embedding',
    block: (layer: number) => `Block ${layer}`,
    blocks: (from: number, to: number) => (from === to ? `Block ${from}` : `Blocks ${from}-${to}`),
    output: 'Output',
  },

  map: {
    title: (model: string) => `${model}, laid out`,
    lead: 'Type a prompt into the yellow cell and every number of every sheet follows. Blue names are links.',
    prompt: 'Prompt',
    room: (room: number) => `" tokens. There is room for ${room}."`,
    tooLong: (room: number) =>
      `" tokens are too many: these sheets have room for ${room}. Shorten the prompt, or lay the model out again with more room."`,
    next: 'what comes next, by way of all these sheets',
    same: 'The same as GPT2.NEXT of the prompt.',
    other: 'Overwritten numbers changed it. By itself the model says “',
    otherEnd: '”.',
    overwritten: 'overwritten',
    linkHint: (output: string) => `The ten likeliest: at the end, and on ${output}.`,
    stage: 'stage',
    shape: 'shape',
    about: 'what it is; T is the number of tokens',
    tokensAbout: 'The text, cut into the pieces that have a number each.',
    groups: { in: 'Input', block: 'Each block', out: 'Output' },
    howTitle: 'How to change a number',
    how: [
      'Under every table is a yellow one of the same shape. A number typed there takes the place of the one above it,',
      'and everything after it follows. Delete it, and the model’s own comes back. It stays when the prompt changes.',
      'Each table is the model’s own formula for that stage. Where a number before it is overwritten, it is computed',
      'from the cells above instead: so the change leads on, step by step, to the next word.',
      'A table is filled by one formula: what is typed into the table itself is in its way, and it shows #SPILL!.',
    ],
    error:
      'No next token yet: a table is being calculated, or shows an error. At #SPILL!, delete what was typed.',
  },

  titles: {
    embedding: 'Tokens and their embeddings',
    block: (layer: number, layers: number) => `Block ${layer} of ${layers}`,
    blocks: (from: number, to: number) =>
      from === to ? `Block ${from} in one formula` : `Blocks ${from} to ${to} in one formula`,
    output: 'The last norm, and the next token',
  },

  links: {
    map: '← Map',
    before: (name: string) => `← ${name}`,
    after: (name: string) => `${name} →`,
  },

  promptName: 'prompt',
  token: 'token',
  id: 'id',
  tokens: 'Tokens',
  tokensLong: 'tokens',
  head: (head: number) => `head ${head}`,
  overwrite: 'overwrite',
  overwriteHow:
    'Type a number below: it takes the place of the one above. Delete it, and the model’s own comes back.',
  overwritten: 'Numbers overwritten on this sheet: ',
  tokensHow: (formulas: readonly string[]) => formulas.join(',  '),
  run: (from: number, to: number) => ({
    about:
      from === to
        ? `The residual stream as it leaves block ${from}.`
        : `The residual stream as it leaves block ${to}: blocks ${from} to ${to} in a row.`,
    math: 'Choose these layers in the pane to see every step.',
  }),
  before: 'overwritten between',
  bothWays: (formula: string) => `${formula}, or from the cells between, where one of them is overwritten:`,
  weights: (names: string) => `Weights: ${names}`,
  someHeads: (heads: readonly number[], all: number) =>
    `Of ${all} heads ${heads.length === 1 ? 'this is' : 'these are'} ${list(heads)}.`,
  otherHeads: 'The heads that are not on this sheet take resid_pre as it is above.',
  someNeurons: (shown: number, all: number) => `The first ${shown} of ${all} neurons.`,
  otherNeurons: 'The neurons that are not on this sheet take resid_mid as it is above.',
  nextTitle: 'Likeliest',
  chosen: 'Next token',
  nextAbout: 'The ten likeliest tokens after the last one of the prompt.',
  probability: 'probability',
  logit: 'logit',

  badList: (name: string, value: string, least: number, most: number) =>
    `${name}: “${value}” is not allowed. Give numbers from ${least} to ${most}, such as “${least}, ${Math.min(least + 1, most)}” or “${least}-${most}”; “all” for all of them.`,
  badNumber: (name: string, value: string, least: number, most: number) =>
    `${name}: ${value === '' ? 'it is empty' : `“${value}” is not allowed`}. Give a whole number from ${least} to ${most}.`,
  noRoom: (tokens: number, room: number) =>
    `The prompt is ${several(tokens, 'token', 'tokens')}, and the sheets would have room for ${room}. Give them more room, or shorten the prompt.`,
} as const;
