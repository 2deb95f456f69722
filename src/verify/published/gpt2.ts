import type { Case, Published, Values } from '../values';

/** A part of a parameter of the 124M checkpoint, as llm.c's ports print it. */
const weight = (
  name: string,
  row: number,
  columns: readonly number[],
  values: readonly number[],
): Values['weights'] => ({
  name,
  row,
  columns,
  values,
  tolerance: 1e-6,
  source: 'public ports of karpathy/llm.c printing the 124M checkpoint',
});

const DEMO = 'TransformerLens, demo of indirect object identification';

/** Sentences in which the second of two names comes back: the other one is the answer. */
const sentence = (text: string, answer: string, wrong: string): Case => ({
  prompt: { text, endOfText: true },
  answer,
  wrong,
});

/** The eight prompts of the demonstration: four sentences, each with either name. */
const NAMES: readonly [Case, ...Case[]] = [
  sentence('When John and Mary went to the shops, John gave the bag to', ' Mary', ' John'),
  sentence('When John and Mary went to the shops, Mary gave the bag to', ' John', ' Mary'),
  sentence('When Tom and James went to the park, James gave the ball to', ' Tom', ' James'),
  sentence('When Tom and James went to the park, Tom gave the ball to', ' James', ' Tom'),
  sentence('When Dan and Sid went to the shops, Sid gave an apple to', ' Dan', ' Sid'),
  sentence('When Dan and Sid went to the shops, Dan gave an apple to', ' Sid', ' Dan'),
  sentence('After Martin and Amy went to the park, Amy gave a drink to', ' Martin', ' Amy'),
  sentence('After Martin and Amy went to the park, Martin gave a drink to', ' Amy', ' Martin'),
];

const CLAIRE = sentence(
  'Claire and Mary went to the shops, then Mary gave a bottle of milk to',
  ' Claire',
  ' Mary',
);

/** Published values of gpt2, the checkpoint with 124 million parameters. */
export const gpt2: Published = {
  weights: [
    weight(
      'wte.weight',
      0,
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      [
        -0.11010301, -0.039266724, 0.033107508, 0.13382645, -0.048475694, -0.078917675, -0.23977417,
        -0.08947388, 0.025254967, -0.107396826,
      ],
    ),
    weight(
      'wte.weight',
      15496,
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      [
        -0.0686508, -0.132694, 0.0112033, -0.146658, -0.18417, -0.0357969, -0.217333, -0.171337, -0.0103861,
        -0.0141989,
      ],
    ),
    weight('wte.weight', 1, [0, 1, 2, 3, 4], [0.04034033, -0.04861503, 0.04624869, -0.09900099, 0.08258584]),
    weight('wpe.weight', 0, [0, 1, 5], [-0.01882072, -0.1974186, -0.10501328]),
    weight('h.0.ln_1.weight', 0, [1, 5], [0.18195866, 0.19481166]),
    weight('h.0.ln_1.bias', 0, [0, 5], [-0.00367733, -0.01146817]),
    weight('h.0.attn.c_attn.bias', 0, [0, 5], [0.48033914, -0.09542736]),
    weight('h.0.attn.c_proj.bias', 0, [0, 5], [0.15029159, -0.03444755]),
    weight('h.0.ln_2.weight', 0, [0, 5], [0.13096605, 1.26953137]),
    weight('h.0.ln_2.bias', 0, [0, 5], [0.04247827, -0.02680658]),
    weight('h.0.mlp.c_fc.bias', 0, [0, 5], [0.03961948, -0.01470478]),
    weight('h.0.mlp.c_proj.bias', 0, [0, 5], [0.04502327, -0.23887631]),
    weight('ln_f.weight', 0, [0, 5], [1.39708042, 1.25081193]),
    weight('ln_f.bias', 0, [0, 5], [0.00108716, -0.07135112]),
  ],
  activations: [
    {
      prompt: { ids: [50256] },
      name: 'logits',
      position: 0,
      columns: [0],
      values: [-43.43161774],
      tolerance: 0.001,
      source: 'Java port of llm.c',
    },
    {
      prompt: { ids: [15496, 11, 314, 716] },
      name: 'logits',
      position: 0,
      columns: [0, 1, 2, 3, 100, 1000, 10000, 50000],
      values: [
        -35.2362442, -35.3265953, -38.9753494, -39.3906746, -43.3126373, -40.7498093, -41.9872284, -44.113781,
      ],
      tolerance: 0.001,
      source: 'Lokad.Onnx tests, ONNX Runtime',
    },
    {
      prompt: { ids: [15496, 50256, 1234] },
      name: 'logits',
      position: 2,
      columns: [0, 1, 2, 3, 4],
      values: [-76.941086, -79.28483, -80.43526, -80.43415, -80.22852],
      tolerance: 0.01,
      source: 'llm.rust README',
    },
    {
      prompt: { ids: [3198, 734, 1115, 1440] },
      name: 'logits',
      position: -1,
      columns: [1936],
      values: [-69.4948],
      tolerance: 0.001,
      source: 'guillaume-be/rust-bert tests/gpt2.rs',
    },
    {
      prompt: { ids: [1169, 2068, 7586, 21831, 13] },
      name: 'ln_final',
      position: 0,
      columns: [0, 1, 2, 3, 4],
      values: [-0.1116, -0.0375, -0.2624, 0.00891, -0.0061],
      tolerance: 0.01,
      source: 'keras-hub gpt2_backbone_test.py',
    },
  ],
  means: [
    {
      prompt: { ids: [15496, 11, 314, 716] },
      value: -111.89471436,
      tolerance: 0.001,
      source: 'Lokad.Onnx tests, ONNX Runtime',
    },
  ],
  likeliest: [
    {
      prompt: { ids: [15496, 50256, 1234] },
      positions: [0, 1, 2],
      ids: [11, 464, 262],
      source: 'llm.rust README',
    },
    {
      prompt: { ids: [3198, 734, 1115, 1440] },
      positions: [-1],
      ids: [1936],
      source: 'guillaume-be/rust-bert tests/gpt2.rs',
    },
  ],
  losses: [
    {
      prompt: { ids: [50256, 15496, 995, 0] },
      value: 5.331855773925781,
      tolerance: 0.0001,
      source: 'TransformerLens tests/acceptance/test_hooked_transformer.py',
    },
  ],
  continuations: [
    {
      prompt: { text: 'Alan Turing theorized that computers would one day become' },
      continuation:
        ' the most powerful machines on the planet.\n\nThe computer is a machine that can perform complex calculations, and it can perform these calculations in a way that is very similar to the human brain.\n',
      source: 'jaymody/picoGPT README',
    },
    {
      prompt: { ids: [464, 3290] },
      continuationIds: [
        373, 1043, 287, 257, 2214, 1474, 262, 16246, 286, 2688, 290, 2688, 27262, 13, 198, 198, 464, 3290,
      ],
      source: 'huggingface/transformers tests/models/gpt2',
    },
    {
      prompt: { text: 'Hello, my dog is a little' },
      continuation: " bit of a mess. I'm not sure if he's going",
      source: 'huggingface/transformers tests/models/gpt2',
    },
    {
      prompt: { text: 'Today, I' },
      continuation: "'m going to be doing a lot of research on this. I",
      source: 'huggingface/transformers tests/models/gpt2',
    },
  ],
  probabilities: [
    {
      prompt: {
        text: 'After John and Mary went to the store, John gave a bottle of milk to',
        endOfText: true,
      },
      next: [' Mary', ' the', ' John', ' them', ' his', ' her'],
      values: [0.7007, 0.0467, 0.0454, 0.0411, 0.0273, 0.0124],
      tolerance: 0.002,
      source: 'TransformerLens demos/Exploratory analysis',
    },
    {
      prompt: { text: 'The cat sat on the mat.', endOfText: true },
      next: [' The'],
      values: [0.1198],
      tolerance: 0.002,
      source: 'TransformerLens demos',
    },
  ],
  logitDifferences: [
    { cases: [NAMES[0]], value: 3.337, tolerance: 0.01, source: DEMO },
    { cases: NAMES, value: 3.552, tolerance: 0.01, source: DEMO },
    { cases: [CLAIRE], value: 6.754, tolerance: 0.01, source: 'TransformerLens' },
    {
      cases: [{ ...CLAIRE, prompt: { text: CLAIRE.prompt.text } }],
      value: 2.782,
      tolerance: 0.01,
      source: 'TransformerLens',
    },
  ],
  // The source states no tolerance; it is that of the logit differences of the same prompts.
  attributions: [
    { layer: 9, head: 9, cases: NAMES, value: 2.985, tolerance: 0.01, source: DEMO },
    { layer: 9, head: 6, cases: NAMES, value: 1.384, tolerance: 0.01, source: DEMO },
    { layer: 10, head: 7, cases: NAMES, value: -1.899, tolerance: 0.01, source: DEMO },
  ],
};
