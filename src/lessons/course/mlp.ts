import { facts } from '../facts';
import type { Lesson } from '../lesson';
import { chart, exercise, fillIn, given, grid, predict, show, source, text } from '../parts';
import { PROMPT, TOKENS } from '../prompt';

const CUBIC = facts.gelu.figures.cubic;
/** The neuron that is computed by hand. */
const NEURON = 10;
/** Neurons of the hidden layer that are shown. */
const SHOWN = 24;
/** Evenly apart, as a chart of lines draws them. */
const XS = Array.from({ length: 13 }, (_, i) => (i - 6) / 2);

export const mlp: Lesson = {
  number: 7,
  title: 'MLP and GELU',
  goal: 'compute a neuron and GPT-2’s activation by hand, and say what the MLP adds to attention.',
  minutes: 30,
  steps: ({ config: { n_embd, n_inner }, kind }) => {
    const last = (formula: string) => `INDEX(${formula},${TOKENS},0)`;
    const firing = `SUMPRODUCT((${last('GPT2.MLP_PRE([prompt],0)')}>0)*1)/${n_inner}`;
    const share = 'SUM(INDEX(GPT2.PARAMS("h.*.mlp.*"),0,4))/SUM(INDEX(GPT2.PARAMS(),0,4))';
    return [
      {
        title: 'GELU: a soft switch',
        parts: [
          text(
            'Behind the attention each block has an MLP, a small network of two layers. Between the layers stands GELU. It lets large numbers through as they are, and turns negative ones into nearly 0. Without it, two layers would be no more than one.',
          ),
          grid({
            key: 'curve',
            heads: ['x', 'GELU(x)'],
            cells: XS.map((x, i) => [x, `=GPT2.GELU([curve@${i},0])`]),
          }),
          chart({
            chart: 'lines',
            title: 'GELU',
            categories: '[curve@,0]',
            series: [{ name: 'GELU(x)', values: '[curve@,1]' }],
            axes: { across: 'x' },
          }),
          predict({
            key: 'far',
            question: 'What is GELU of 10, and of −10?',
            answer: 'ROUND(GPT2.GELU(10),3)&" and "&ROUND(GPT2.GELU(-10),3)',
            why: '10 and 0. Far from 0 it is a switch: on or off.',
          }),
          exercise({
            key: 'gelu',
            task: `Compute GELU of 0.7 natively: half of x, times 1 plus TANH of √(2/π) times (x + ${CUBIC} x³).`,
            expected: 'GPT2.GELU(0.7)',
            tolerance: 0.0001,
            hint: `TANH(SQRT(2/PI()) * (x + ${CUBIC} * x^3)), with 0.7 for x.`,
            solution: `=0.5*0.7*(1+TANH(SQRT(2/PI())*(0.7+${CUBIC}*0.7^3)))`,
            why: 'About 0.53. This is the tanh form, which GPT-2’s own code has.',
          }),
          source(facts.gelu, facts.geluCode),
        ],
      },
      {
        title: 'One neuron by hand',
        parts: [
          text(
            `The first layer turns ${n_embd} numbers into ${n_inner}: each of these is a neuron. A neuron multiplies the row with its own ${n_embd} weights, adds everything up, and adds its bias. A large result means: what I look for is here.`,
          ),
          given('prompt', 'Text', PROMPT),
          show({
            key: 'ln',
            formula: `=${last('GPT2.LAYERNORM([prompt],0,"ln_2")')}`,
            sides: ['row of “ moves”'],
            rows: 1,
            columns: n_embd,
            shade: 'diverging',
          }),
          show({
            key: 'w',
            formula: `=TRANSPOSE(GPT2.WEIGHT("h.0.mlp.c_fc.weight",0,${NEURON},${n_embd},1))`,
            sides: [`weights, neuron ${NEURON}`],
            rows: 1,
            columns: n_embd,
            shade: 'diverging',
          }),
          show({
            key: 'b',
            formula: `=GPT2.WEIGHT("h.0.mlp.c_fc.bias",0,${NEURON},1,1)`,
            sides: [`bias, neuron ${NEURON}`],
            rows: 1,
            columns: 1,
          }),
          fillIn({
            key: 'neuron',
            task: `What does neuron ${NEURON} of block 0 get, before GELU?`,
            expected: `INDEX(GPT2.MLP_PRE([prompt],0),${TOKENS},${NEURON + 1})`,
            hint: 'SUMPRODUCT of row and weights, plus the bias.',
            solution: '=SUMPRODUCT([ln],[w])+[b]',
            why: 'One neuron is one column of c_fc.',
          }),
          fillIn({
            key: 'fires',
            task: 'And after GELU?',
            expected: `INDEX(GPT2.MLP_POST([prompt],0),${TOKENS},${NEURON + 1})`,
            hint: 'GPT2.GELU of the cell above.',
            solution: '=GPT2.GELU([neuron])',
            why: 'Negative: the neuron is as good as silent for this token. Positive: it fires.',
          }),
        ],
      },
      {
        title: 'Which neurons fire?',
        parts: [
          text(`The first ${SHOWN} neurons of block 0 for each token, after GELU.`),
          show({
            key: 'post',
            formula: `=INDEX(GPT2.MLP_POST([prompt],0),SEQUENCE(${TOKENS}),SEQUENCE(1,${SHOWN}))`,
            sides: '=GPT2.TOKENS([prompt])',
            heads: Array.from({ length: SHOWN }, (_, i) => i),
            rows: TOKENS,
            columns: SHOWN,
            shade: 'diverging',
          }),
          predict({
            key: 'share',
            question: `Which share of all ${n_inner} neurons of block 0 fires (is above 0) at “ moves”?`,
            answer: `TEXT(${firing},"0%")`,
            why:
              kind === 'tiny'
                ? '26 %, clearly less than half: each neuron answers to few things.'
                : 'The sheet counts the open model.',
          }),
        ],
      },
      {
        title: 'Back to the stream',
        parts: [
          text(
            `The second layer, c_proj, turns the ${n_inner} numbers back into ${n_embd}. Each neuron that fires adds its own row of weights. INDEX(GPT2.MLP_POST([prompt],0),${TOKENS},0) gives all neurons of “ moves” after GELU, TRANSPOSE(GPT2.WEIGHT("h.0.mlp.c_proj.weight",0,0,${n_inner},1)) the first column of the weights.`,
          ),
          exercise({
            key: 'out',
            task: 'Compute the first of these numbers for “ moves”.',
            expected: `INDEX(GPT2.MLP_OUT([prompt],0),${TOKENS},1)`,
            hint: 'SUMPRODUCT of neurons and column, plus the bias of c_proj.',
            solution: `=SUMPRODUCT(${last('GPT2.MLP_POST([prompt],0)')},TRANSPOSE(GPT2.WEIGHT("h.0.mlp.c_proj.weight",0,0,${n_inner},1)))+GPT2.WEIGHT("h.0.mlp.c_proj.bias",0,0,1,1)`,
            why: 'The first column of c_proj, weighted by how strongly each neuron fires.',
          }),
          predict({
            key: 'parameters',
            question: 'Which share of all the model’s parameters are in its MLPs?',
            answer: `TEXT(${share},"0%")`,
            why:
              kind === 'tiny'
                ? '49 %: twice as many as in the attention.'
                : 'The sheet counts the open model. In each block the MLP has twice as many as the attention.',
          }),
        ],
      },
    ];
  },
  notes: {
    pace: '10 for GELU, 10 for the neuron, 10 for the rest.',
    misconceptions: [
      'The MLP does not look at other tokens. It works on each row by itself; only attention moves information between rows.',
      'A neuron is not a word. Look for which tokens it fires, and whether there is a name for them.',
      'GELU is not the same as ReLU: slightly below 0 it is slightly negative.',
    ],
    ask: [
      'Why are two layers without GELU between them no better than one? (A product of matrices is a matrix.)',
      'If attention fetches, what does the MLP do? (It works on what has been fetched, row by row.)',
    ],
  },
};
