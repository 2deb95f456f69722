import { facts, GPT2_NAMES } from '../facts';
import type { Lesson, LessonModel, Step } from '../lesson';
import { chart, exercise, fillIn, given, grid, input, predict, show, source, text } from '../parts';

const ANSWERS = {
  tiny: ['jumped', 'jumping', 'jumps'],
  gpt2: ['fromage', 'pain', 'lait'],
} as const;
const ASKED = { tiny: 'jump =>', gpt2: 'cheese =>' } as const;
const SHOTS = {
  tiny: ['walk => walked', 'talk => talked', 'open => opened'],
  gpt2: ['bread => pain', 'milk => lait', 'water => eau'],
} as const;

const { nouns, names } = facts.cbtScores.figures;
const { tokens: LONG, likeliest: AMONG } = facts.tldr.figures;

export const shots: Lesson = {
  number: 12,
  title: 'Zero, one, few shots',
  goal: 'ask a model for a task by examples alone, and measure how much each example helps.',
  minutes: 35,
  steps: (model) => [examples(model), counted(model), summaries(model), choosing(model)],
  notes: {
    pace: '10 for examples, 10 for counting shots, 5 for TL;DR, 10 for choosing.',
    misconceptions: [
      'Nothing is learnt from the examples: no weight changes. The next prompt starts anew.',
      'The examples are not only counted: which come, and in which order, can decide between right and wrong.',
      'Choosing among given answers is easier than writing one: compare only scores of the same kind.',
    ],
    ask: [
      'Which part of the model could use the examples? (Think of lesson 6: heads that look for what followed the last time.)',
      'Is “TL;DR:” an example or an instruction? Where did the model see it?',
      'How would you notice that a test question was in the training text?',
    ],
    facts: [facts.shots, facts.order],
  },
};

const optionsOf = ({ kind }: LessonModel) => `{${ANSWERS[kind].map((word) => `" ${word}"`).join(';')}}`;

function examples(model: LessonModel): Step {
  const { kind } = model;
  const tiny = kind === 'tiny';
  return {
    title: 'The task is in the text',
    parts: [
      text(
        'Without an example the model must guess what is wanted: that is called zero-shot. One example in front of the question: one-shot. Several: few-shot. The model only ever goes on with a text. (In the paper that gave these names, a sentence also says what is asked for. Here the examples alone do.)',
      ),
      given('question', 'Question', ASKED[kind]),
      show({
        key: 'zero',
        formula: '=GPT2.TOP([question],3)',
        heads: ['token', 'p', 'logit', 'id'],
        rows: 3,
        columns: 4,
        look: ['token', 'probability', 'logit', 'id'],
      }),
      input('example', 'Example', SHOTS[kind][0]),
      fillIn({
        key: 'oneshot',
        task: 'Put the example before the question, with a comma and a space between them.',
        expected: '[example]&", "&[question]',
        tolerance: 'text',
        hint: 'The & joins texts: example & ", " & question.',
        solution: '=[example]&", "&[question]',
        why: 'A prompt is nothing but a text, and a spreadsheet can put texts together.',
      }),
      predict({
        key: 'after',
        question: tiny
          ? 'Which form of “jump” will the model write now? And after the example “walk => walking”?'
          : 'Will the model now go on in French? What will its first token be?',
        answer: 'GPT2.NEXT([example]&", "&[question])&"   (after “"&[example]&"”)"',
        why: tiny
          ? 'jumped. With walk => walking as the example it writes jumping, with walk => walks it writes jumps: the example chooses the task.'
          : 'The sheet asks the open model; no result is promised. Try other examples in the yellow cell.',
      }),
      ...(tiny
        ? [
            exercise({
              key: 'make',
              task: 'Type an example that makes the model answer “ jumps”.',
              accepts: 'EXACT(GPT2.NEXT([make]&", "&[question])," jumps")',
              hint: 'Write it like the example above, with another form of a verb.',
              solution: 'walk => walks',
              why: 'Any verb in that form should do: talk => talks.',
            }),
            source(facts.shots),
          ]
        : [source(facts.shots, facts.translation)]),
    ],
  };
}

function counted(model: LessonModel): Step {
  const { kind } = model;
  const list = SHOTS[kind];
  const prompt = (n: number) => [...list.slice(0, n), ASKED[kind]].join(', ');
  return {
    title: 'How much does each example help?',
    parts: [
      text(
        `Three answers are offered: ${ANSWERS[kind].join(', ')}. GPT2.CHOOSE gives each a probability, so that the three add up to 1. Here is that of “${ANSWERS[kind][0]}”.`,
      ),
      ...[0, 1, 2, 3].map((n) => given(`shots${n}`, `${n} ${n === 1 ? 'example' : 'examples'}`, prompt(n))),
      predict({
        key: 'gain',
        question: 'Which step will help most: the first example, the second or the third?',
        answer:
          'LET(first,[p@1,0]-[p@0,0],second,[p@2,0]-[p@1,0],third,[p@3,0]-[p@2,0],IF(first>=MAX(second,third),"the first",IF(second>=third,"the second","the third")))',
        why:
          kind === 'tiny'
            ? 'The first: it says which task it is. After it there is little left to gain.'
            : 'The sheet asks the open model.',
      }),
      grid({
        key: 'p',
        sides: ['no example', '1 example', '2 examples', '3 examples'],
        heads: ['probability'],
        look: 'probability',
        cells: [0, 1, 2, 3].map((n) => [`=INDEX(GPT2.CHOOSE([shots${n}],${optionsOf(model)}),1,4)`]),
      }),
      chart({
        chart: 'columns',
        title: `Probability of “${ANSWERS[kind][0]}”, of the three`,
        categories: '[pNames]',
        series: [{ name: 'probability', values: '[p]' }],
      }),
      exercise({
        key: 'factor',
        task: 'By how much did one example raise the probability? Subtract.',
        expected: '[p@1,0]-[p@0,0]',
        hint: 'The row of one example minus the row of none.',
        solution: '=[p@1,0]-[p@0,0]',
        why: 'A probability may also fall: the sheet shows what the model does.',
      }),
    ],
  };
}

const TLDR =
  'On the web, “TL;DR” (too long; didn’t read) stands before the short form of a long text. GPT-2 was trained on web pages. Its authors put “TL;DR:” behind articles and took what the model wrote as a summary, though nobody had trained it to summarise.';

function summaries({ kind }: LessonModel): Step {
  if (kind === 'tiny') {
    return {
      title: 'TL;DR: what a small model cannot do',
      parts: [
        text(TLDR),
        source(facts.webText, facts.tldr),
        predict({
          key: 'tldr',
          question: 'This small model has only read its own short stories. What will it do with “TL;DR:”?',
          answer:
            '"It cuts it into "&ROWS(GPT2.TOKENS("TL;DR:"))&" tokens and goes on with “"&GPT2.NEXT("Mike is quick. He moves quickly. TL;DR:")&"”."',
          why: 'It writes a full stop. It never saw the letters together. A prompt works only if the training text had something like it. Open real GPT-2 for this step.',
        }),
      ],
    };
  }
  return {
    title: 'TL;DR: a task by one word',
    parts: [
      text(TLDR),
      input(
        'article',
        'Text',
        'The school opens its new library on Monday. For two years the pupils had no place to read, because the roof of the old one was broken. Now there are four thousand books.',
      ),
      show({
        key: 'summary',
        formula: `=GPT2.GENERATE([article]&CHAR(10)&"TL;DR:",30,1,${AMONG})`,
        rows: 1,
        columns: 1,
        lines: 3,
      }),
      predict({
        key: 'tldr',
        question:
          'Without “TL;DR:”, what will the model write behind the text: a summary, or more of the story?',
        answer: 'GPT2.NEXT([article])&" …"',
        why: `It goes on with the text; nothing there asks for a summary. As in the paper, the sheet draws among the ${AMONG} likeliest tokens; there it wrote ${LONG} of them.`,
      }),
      source(facts.webText, facts.tldr),
    ],
  };
}

function choosing({ kind }: LessonModel): Step {
  const tiny = kind === 'tiny';
  return {
    title: 'Choosing among given answers',
    parts: [
      text(
        `The Children’s Book Test leaves out a word of a story and offers ${facts.cbtTask.figures.choices} answers. A language model answers by scoring: each answer is put into the gap, and the likeliest text wins. This is a small one of that kind.`,
      ),
      given(
        'story',
        'Story',
        tiny
          ? 'Mike is quick, but Anna is sad. She moves'
          : 'Anna put the milk into the fridge. In the evening she was thirsty, opened the fridge and drank the',
      ),
      grid({
        key: 'options',
        look: 'token',
        heads: ['answers'],
        cells: (tiny
          ? [' quickly', ' sadly', ' loudly', ' bravely']
          : [' evening', ' milk', ' fridge', ' door']
        ).map((word) => [word]),
      }),
      show({
        key: 'chosen',
        formula: '=GPT2.CHOOSE([story],[options])',
        heads: ['answer', 'log p', 'a token', 'share', 'best'],
        rows: 4,
        columns: 5,
        look: ['token', 'logit', 'logit', 'probability', 'position'],
      }),
      exercise({
        key: 'best',
        task: 'Let a formula name the best answer: the one with the largest share.',
        expected: 'INDEX([chosen@,0],MATCH(MAX([chosen@,3]),[chosen@,3],0))',
        tolerance: 'text',
        hint: 'INDEX(answers, MATCH(MAX(shares), shares, 0)).',
        solution: '=INDEX([chosen@,0],MATCH(MAX([chosen@,3]),[chosen@,3],0))',
        why: tiny ? 'sadly, for she is Anna.' : 'The sheet asks the open model.',
      }),
      text(
        'How often the four sizes of GPT-2 were right in the real test, in per cent, without any training for it: where a noun was left out, and where a name was.',
      ),
      grid({
        key: 'cbt',
        sides: GPT2_NAMES,
        heads: ['nouns', 'names'],
        cells: nouns.map((right, i) => [right, names[i] as number]),
      }),
      source(facts.cbtTask, facts.cbtScores, facts.cbt),
    ],
  };
}
