import type { Values } from '../values';

const TIKTOKEN = 'openai/tiktoken, tests/test_encoding.py';

/** Token ids of some texts in GPT-2's vocabulary, which all checkpoints of its family share. */
export const vocabulary: readonly Values['tokens'][] = [
  { text: 'hello world', ids: [31373, 995], source: TIKTOKEN },
  { text: 'hello <|endoftext|>', ids: [31373, 220, 50256], special: true, source: TIKTOKEN },
  {
    text: 'GPT2 inference runtime in C++ and CUDA',
    ids: [38, 11571, 17, 32278, 19124, 287, 327, 4880, 290, 29369, 5631],
    source: 'public GPT-2 runtime tests',
  },
  {
    text: 'One two three four',
    ids: [3198, 734, 1115, 1440],
    source: 'guillaume-be/rust-bert tests/gpt2.rs',
  },
  {
    text: 'Mike is quick. He moves',
    ids: [16073, 318, 2068, 13, 679, 6100],
    source: 'BPE with the published vocabulary',
  },
  { text: '0', ids: [15], source: TIKTOKEN },
  { text: '00', ids: [405], source: TIKTOKEN },
  { text: '000', ids: [830], source: TIKTOKEN },
  { text: '0000', ids: [2388], source: TIKTOKEN },
  { text: '00000', ids: [20483], source: TIKTOKEN },
  { text: '000000', ids: [10535], source: TIKTOKEN },
  { text: '0000000', ids: [24598], source: TIKTOKEN },
  { text: '00000000', ids: [8269], source: TIKTOKEN },
  { text: '000000000', ids: [10535, 830], source: TIKTOKEN },
  { text: '0000000000', ids: [8269, 405], source: TIKTOKEN },
  { text: '00000000000', ids: [8269, 830], source: TIKTOKEN },
  { text: '000000000000', ids: [8269, 2388], source: TIKTOKEN },
  { text: '0000000000000', ids: [8269, 20483], source: TIKTOKEN },
  { text: '00000000000000', ids: [8269, 10535], source: TIKTOKEN },
  { text: '000000000000000', ids: [8269, 24598], source: TIKTOKEN },
  { text: '0000000000000000', ids: [25645], source: TIKTOKEN },
  { text: '00000000000000000', ids: [8269, 10535, 830], source: TIKTOKEN },
];
