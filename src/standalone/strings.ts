import type { ActivationName } from '../gpt2/activations';

const many = (n: number) => n.toLocaleString('en');

/** Every word in the workbook. Formulas with words in them get these as their texts. */
export const strings = {
  names: {
    start: 'Start',
    tokens: 'Tokens',
    embedding: 'Embedding',
    block: (layer: number) => `Block ${layer}`,
    output: 'Output',
    vocabulary: 'Vocabulary',
    merges: 'Merges',
    characters: 'Characters',
    weights: (layer: number) => `h.${layer}`,
  },
  fileTitle: (model: string) => `${model} in cells`,
  description: 'GPT-2 in native spreadsheet formulas: prompt, tokens, every activation, and the next token.',

  nav: { start: '← Start', back: (name: string) => `← ${name}`, on: (name: string) => `${name} →` },
  captions: {
    place: '#',
    token: 'token',
    id: 'id',
    used: 'used',
    bytes: 'bytes',
    probability: 'probability',
    logit: 'logit',
    mean: 'mean',
    variance: 'variance',
    head: (head: number) => `head ${head}`,
    largest: (head: number) => `largest, head ${head}`,
    sum: (head: number) => `sum, head ${head}`,
    from: 'from',
    dimensions: 'dimension',
  },

  start: {
    title: (model: string) => `${model} in cells`,
    lead: 'A whole GPT-2 in this workbook: nothing but cells and formulas. No add-in, no macro, no internet.',
    prompt: 'Prompt',
    ids: 'Token ids',
    next: 'what the model would write next',
    typeHere: 'Type into the yellow cell, then press Enter. Every sheet follows.',
    typeIds: (V: number) =>
      `Type token ids, 0 to ${many(V - 1)}, into the yellow cells, from the left. Every sheet follows.`,
    likeliest: 'What comes next',
    likeliestLead: (k: number) => `The ${k} likeliest tokens.`,
    tokens: 'Tokens',
    tokensLead: 'Text, cut into numbered pieces.',
    onTheWay: 'The way through the model',
    onTheWayLead: 'From the prompt at the top to the next token at the bottom. Click a name to go there.',
    weights: 'What the model has learned',
    weightsLead: (count: number) => `${many(count)} numbers. Change one and see what follows.`,
    limits: 'What there is room for',
    roomForText: (tokens: number, bytes: number, merges: number) =>
      `Prompts of up to ${tokens} tokens, ${bytes} bytes and ${merges} merges in a word. A longer one is not cut: a red sentence ` +
      'says what is too long, and every number is 0 until it fits.',
    roomForIds: (tokens: number) => `Up to ${tokens} token ids.`,
    characters:
      'Every character of Unicode is taken. Excel 2010, which has no function UNICODE, takes those of an English keyboard.',
    digits:
      'Formulas calculate with 15 digits, the weights have 7: results agree with those of other programs to about 6 digits.',
    typing:
      "A prompt that begins with = or looks like a number or a date needs an apostrophe before it: '1/2.",
    parameters: (layers: number, heads: number, d: number, V: number, positions: number) =>
      `${layers} blocks, ${heads} heads, ${d} dimensions, ${many(V)} tokens in the vocabulary, a context of ${many(positions)} tokens.`,
    about: {
      tokens: 'How text becomes token ids: characters, bytes, merges.',
      ids: 'The token ids, one for each row of the sheets that follow.',
      embedding: 'A row of numbers for each token, and one for each place.',
      block: 'Attention, then the MLP: each adds its result to the residual stream.',
      output: 'From the residual stream to a score for each token of the vocabulary.',
      vocabulary: 'Every token with its id, and the id that each byte begins as.',
      merges: 'Which two tokens become one, best first.',
      characters: 'Which characters are letters, numbers or white space.',
      wte: 'The token embedding: a row for each token of the vocabulary.',
      wpe: 'The position embedding: a row for each place.',
      weights: (layer: number) => `All parameters of block ${layer}.`,
      ln_f: 'Gain and bias of the last LayerNorm.',
      lm_head: 'The output head: a row for each token of the vocabulary.',
    },
  },

  tokens: {
    title: 'Tokens',
    lead: 'How the prompt becomes token ids: GPT-2’s byte-pair encoding, cell by cell.',
    idsLead: 'The token ids of the sheet Start. Each is one row of every sheet that follows.',
    result: 'The tokens',
    resultLead:
      'What the model reads. “used” is 1 where there is a token: rows without one stay 0 on every sheet.',
    counts: {
      heading: 'Counted',
      characters: 'characters in the prompt',
      bytes: 'bytes in the table below',
      found: 'tokens found',
      used: 'tokens used',
    },
    charactersHeading: '1  Characters',
    charactersLead:
      'A word is what merges cannot leave: letters, digits or signs with the space before them; white space; endings such as ’s. Rows behind the last character are spare.',
    bytesHeading: '2  Bytes',
    bytesLead: 'Each character is 1 to 4 bytes of UTF-8. Each byte is a token to begin with.',
    mergesHeading: '3  Merges',
    mergesLead:
      'In each step every word joins the two neighbours whose merge has the lowest rank on the sheet Merges, until none is there. “merge” is that rank × 10,000 + the row; “best” is the lowest in the word.',
    step: (step: number) => (step === 0 ? 'at first' : step === 1 ? 'after 1 step' : `after ${step} steps`),
    finally: 'in the end',
    columns: {
      char: ['character', 'One character of the prompt.'],
      code: ['code', 'Its number in Unicode: its code point.'],
      kind: [
        'kind',
        '1 a letter, 2 a number, 3 white space, 4 anything else: looked up on the sheet Characters.',
      ],
      place: ['place', 'Where in the prompt it begins, from 1.'],
      starts: ['starts', '1 where a word begins.'],
      contraction: [
        'ending',
        'Characters left of an ending such as ’s, this one included; 0 outside of one.',
      ],
      word: ['word', 'The number of the word.'],
      bytes: ['bytes', 'How many bytes of UTF-8 it has.'],
      before: ['before', 'How many bytes come before it.'],
      ofChar: ['character', 'The row of the character that this byte belongs to.'],
      byte: ['byte', 'Its value, 0 to 255.'],
      byteId: ['id', 'The token that this byte is to begin with.'],
      ofWord: ['word', 'The word that it belongs to.'],
      first: ['first', 'The first row of that word.'],
      last: ['last', 'The last row of that word.'],
      token: ['token', 'The token that begins at this byte.'],
      id: ['id', 'Its id.'],
      offer: [
        'merge',
        'The rank of the merge with the token after it, times 10,000, plus the row; a dash where there is no such merge.',
      ],
      best: [
        'best',
        'The lowest number in the column before it within the word: the merge that happens next.',
      ],
      count: ['count', 'Tokens up to here.'],
    } as const,
    problems: {
      unreadable: 'The prompt has a character whose number this spreadsheet cannot tell.',
      long: (bytes: number) =>
        `The prompt is longer than the ${bytes} bytes that the sheet Tokens has room for.`,
      merges: (merges: number) =>
        `A word of the prompt takes more than the ${merges} merges that the sheet Tokens has room for.`,
      /** Before and after the number of tokens. */
      tokens: (room: number) => ['The prompt has ', ` tokens; this workbook has room for ${room}.`] as const,
      noIds: 'There is no token id yet.',
      badId: (V: number) => `A token id must be a whole number from 0 to ${V - 1}.`,
      gap: 'There is an empty cell before the last token id.',
    },
  },

  embedding: {
    title: 'Embedding',
    lead: 'What the model knows of each token and of each place before it looks at the others.',
  },
  block: {
    title: (layer: number) => `Block ${layer}`,
    lead: 'Top to bottom: attention gathers from earlier tokens, the MLP works on each token alone. Rows are tokens.',
    statistics: (of: string) => `mean and variance of ${of}`,
    statisticsAbout: (of: string, epsilon: number) =>
      `Of each row of ${of}, over all its dimensions: for the LayerNorm below, whose eps is ${epsilon}.`,
    sums: 'for the softmax',
    sumsAbout: 'For each row and head: its largest score, and the sum of exp(score − largest).',
  },
  output: {
    title: 'Output',
    lead: 'The last LayerNorm, and how well each token of the vocabulary would go on after each token of the prompt.',
    logitsAbout: 'A row for each token of the vocabulary, a column for each token of the prompt.',
    probabilityMath: 'probability = exp(logit − largest) / Σ exp(logit − largest), after the last token',
    largest: 'largest logit',
    sum: 'Σ exp',
  },
  vocabulary: {
    title: 'Vocabulary',
    lead: 'Every token with its id and its number of bytes. A space at the start belongs to the token; \\x.. are bytes of a part of a character.',
    bytes: 'Bytes',
    bytesLead: 'The token that each byte begins as, before any merge.',
    byte: 'byte',
  },
  merges: {
    title: 'Merges',
    lead: (V: number) =>
      `Two tokens beside each other become one. The lower the rank, the earlier. The code is one number for both, which the sheet Tokens looks up: left id × ${V} + right id.`,
    columns: ['rank', 'left', 'right', 'become', 'left id', 'right id', 'id', 'code'] as const,
  },
  characters: {
    title: 'Characters',
    lead: 'From each code point on, up to the next row’s, characters are of one kind. 1 letter, 2 number, 3 white space, 4 other.',
    columns: ['from', 'kind', 'that is', 'for example'] as const,
    kinds: ['', 'letter', 'number', 'white space', 'other'] as const,
    keyboard:
      'Characters of an English keyboard, in the order of their code points from 32 on. Codes of these are found here; others need the function UNICODE.',
  },
  weights: {
    lead: 'Parameters under the names of the checkpoint. Matrices have a row for each input and a column for each output.',
    wte: 'Row id is what the model knows of that token before it reads the sentence.',
    wpe: 'Row t is added to the embedding of the token at place t.',
    about: {
      'ln_1.weight': 'The gain of the LayerNorm before attention: a factor for each dimension.',
      'ln_1.bias': 'Its bias: a number added to each dimension.',
      'attn.c_attn.weight':
        'From a normalised row to its queries, keys and values, side by side; within each, head by head.',
      'attn.c_attn.bias': 'A number added to each query, key and value.',
      'attn.c_proj.weight':
        'From what all heads have gathered to what attention adds to the residual stream.',
      'attn.c_proj.bias': 'A number added to each dimension of that.',
      'ln_2.weight': 'The gain of the LayerNorm before the MLP: a factor for each dimension.',
      'ln_2.bias': 'Its bias: a number added to each dimension.',
      'mlp.c_fc.weight': 'From a normalised row to the hidden layer of the MLP: a column for each neuron.',
      'mlp.c_fc.bias': 'A number added to each neuron, before GELU.',
      'mlp.c_proj.weight':
        'From the neurons after GELU to what the MLP adds to the residual stream: a row for each neuron.',
      'mlp.c_proj.bias': 'A number added to each dimension of that.',
      'ln_f.weight': 'The gain: a factor for each dimension.',
      'ln_f.bias': 'The bias: a number added to each dimension.',
    } as Readonly<Record<string, string>>,
  },
  titles: {
    q: 'query',
    k: 'key',
    v: 'value',
    attn_scores: 'scores',
    pattern: 'attention',
    z: 'gathered by each head',
    result: 'written by each head',
  } satisfies Partial<Record<ActivationName, string>> as Partial<Record<ActivationName, string>>,

  refusals: {
    large: (name: string, numbers: number, limit: number, most: number) =>
      `${name} has ${many(numbers)} numbers to put into cells, weights and activations; a workbook that opens everywhere takes ` +
      `at most ${many(limit)}, about 15 MB. ${most > 0 ? `With room for at most ${most} tokens it would fit.` : 'Its weights alone are too many.'}`,
    columns: (name: string, columns: number, limit: number) =>
      `${name} needs ${many(columns)} columns; a spreadsheet has ${many(limit)}.`,
    room: (room: number, positions: number) =>
      `The room is ${room} tokens: 1 to ${positions} are allowed, for this model reads no more.`,
    badId: (id: number, V: number) => `${id} is not a token id of this model: 0 to ${V - 1} are allowed.`,
    prompt: (why: string) => `The first prompt does not fit: ${why}`,
  },
};
