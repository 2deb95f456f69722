import { facts } from '../facts';
import type { Lesson } from '../lesson';
import { exercise, fillIn, given, input, predict, show, source, text } from '../parts';

const { bytes, merges } = facts.gpt2Merges.figures;
const { tokens } = facts.gpt2Text.figures;
const many = (n: number) => n.toLocaleString('en');

/** Room for what students type. */
const ROOM = 10;

export const textToTokens: Lesson = {
  number: 1,
  title: 'Text to tokens',
  goal: 'cut a text into tokens, say why a model reads tokens and not letters, and why it is bad at spelling backwards.',
  minutes: 30,
  steps: ({ kind }) => [
    {
      title: 'A text becomes numbers',
      parts: [
        text(
          'A language model computes, so it needs numbers. First it cuts the text into pieces, called tokens. Each token has a number, its id: its place in a list that was made once and never changes.',
        ),
        input('prompt', 'Text', 'Mike is quick. He moves'),
        text(
          `Type your own sentence into the yellow cell, up to ${ROOM} tokens. Look at long and rare words.`,
        ),
        show({
          key: 'ids',
          formula: '=GPT2.IDS([prompt])',
          sides: '=GPT2.TOKENS([prompt])',
          heads: ['id'],
          rows: ROOM,
          columns: 1,
          look: 'id',
        }),
        fillIn({
          key: 'size',
          task: 'How many tokens does this model know? Ask it for its setting vocab_size.',
          expected: 'GPT2.CONFIG("vocab_size")',
          hint: 'Use GPT2.CONFIG with the setting’s name in quotation marks.',
          solution: '=GPT2.CONFIG("vocab_size")',
          why:
            kind === 'tiny'
              ? '1,536: enough for the short stories that this model was trained on.'
              : `${many(tokens)}: the ${bytes} bytes, ${many(merges)} merges, and one token for the end of a text.`,
        }),
        kind === 'tiny' ? source(facts.tinyTokens, facts.tinyText) : source(facts.gpt2Text, facts.gpt2Merges),
      ],
    },
    {
      title: 'The space belongs to the word',
      parts: [
        text(
          'Most tokens begin with a space. “cat” at the start of a text and “ cat” inside a sentence are different to the model: different ids, and so different rows of numbers everywhere.',
        ),
        predict({
          key: 'same',
          question: 'Does “cat” without a space get the same id or ids as “ cat” with one?',
          answer:
            'IF(TEXTJOIN(" ",TRUE,GPT2.IDS("cat"))=TEXTJOIN(" ",TRUE,GPT2.IDS(" cat")),"Yes.","No: "&TEXTJOIN(" and ",TRUE,GPT2.IDS("cat"))&" without, "&TEXTJOIN(" and ",TRUE,GPT2.IDS(" cat"))&" with the space.")',
          why:
            kind === 'tiny'
              ? 'No. “ cat” with its space was merged into one token. Without the space it is two: c and at.'
              : 'No. Both are single tokens, but different ones.',
        }),
        fillIn({
          key: 'cat',
          task: 'Which id has “ cat”, with the space before it?',
          expected: 'GPT2.IDS(" cat")',
          hint: 'GPT2.IDS takes the text in quotation marks. Did you type the space?',
          solution: '=GPT2.IDS(" cat")',
          why: 'The space is inside the quotation marks.',
        }),
      ],
    },
    {
      title: 'How the pieces are found',
      parts: [
        text(
          `Byte-pair encoding starts from the single bytes of a text, of which there are ${bytes}: an English letter is one. It joins two neighbours at a time. Which pairs may be joined is a list, made by joining the most frequent pair of a large text again and again: a small rank goes first. A frequent word ends up as one token; a rare one stays in pieces.`,
        ),
        given('word', 'Word', ' quickly'),
        show({
          key: 'merges',
          formula: '=GPT2.MERGES([word])',
          heads: ['word', 'step', 'rank', 'left', 'right', 'result'],
          rows: 7,
          columns: 6,
          look: ['token', 'position', 'position', 'token', 'token', 'token'],
        }),
        exercise({
          key: 'steps',
          task: 'How many merges does “ happily” take? Count them with a formula, not with your finger.',
          expected: 'ROWS(GPT2.MERGES(" happily"))',
          hint: 'ROWS counts the rows of a result. Put GPT2.MERGES inside it, and keep the space.',
          solution: '=ROWS(GPT2.MERGES(" happily"))',
          why: 'Seven: a space and seven letters are eight pieces, each merge makes one piece fewer, and one is left.',
        }),
        source(facts.bpe, facts.byteLevel),
      ],
    },
    {
      title: 'Why reversing a word is hard',
      parts: [
        text(
          'To you, a word is its letters. To the model “ quickly” is one number. The letters are not in that number: to spell the word backwards the model would need to have learnt its letters by heart, for each of its tokens.',
        ),
        exercise({
          key: 'reversed',
          task: 'Let the spreadsheet reverse “quickly”. It sees letters, so it can.',
          expected: '"ylkciuq"',
          tolerance: 'text',
          hint: 'MID takes letters out, SEQUENCE counts down, TEXTJOIN puts them together.',
          solution: '=TEXTJOIN("",TRUE,MID("quickly",SEQUENCE(7,1,7,-1),1))',
          why: 'SEQUENCE(7,1,7,-1) is 7, 6, … 1. Typing ylkciuq by hand counts as well: a person sees letters, too.',
        }),
        predict({
          key: 'pieces',
          question: '“ quickly” is one token. How many tokens is “ylkciuq”?',
          answer: 'ROWS(GPT2.TOKENS("ylkciuq"))&": "&TEXTJOIN(" · ",TRUE,GPT2.TOKENS("ylkciuq"))',
          why:
            kind === 'tiny'
              ? 'Seven, one for each letter. One number has to become seven others that have nothing to do with it.'
              : 'Five: yl, k, ci, u, q. One number has to become five others that have nothing to do with it.',
        }),
        exercise({
          key: 'single',
          task: 'Find a word of at least six letters that is a single token when a space stands before it. Type the word.',
          accepts: 'AND(LEN(TRIM([single]))>=6,ROWS(GPT2.TOKENS(" "&TRIM([single])))=1)',
          hint: 'Too short, or more than one token. Try words that are frequent in stories.',
          solution: 'carefully',
          why: 'Others: teacher, garden, quickly, monkey.',
        }),
      ],
    },
  ],
  notes: {
    pace: '5 for the first step, 10 for spaces and merges, 10 for reversing, 5 to share words from the last exercise.',
    misconceptions: [
      'Tokens are not syllables and not word parts with a meaning. They are what was frequent.',
      'The ids have no order of meaning: id 1000 is not “more” than id 999.',
      'The tokens are not learnt together with the model. They are found first, by counting, and then stay.',
    ],
    ask: [
      'Why not use letters? (Texts become several times as long, and a model pays for each position.)',
      'Why not use whole words? (There is always a word that the list does not have.)',
      'Which questions about a word can a model not see the answer to? (Letters, rhymes, length.)',
    ],
  },
};
