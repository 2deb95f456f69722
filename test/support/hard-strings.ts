import fc from 'fast-check';

/** Strings that tokenizers get wrong, by hand. */
const KNOWN = [
  '',
  ' ',
  '   leading',
  'trailing   ',
  'a  b   c    d',
  'tab\tand\t\ttabs',
  'line\nbreak\r\nand\n\n\nmore\n',
  ' \n \n ',
  "I'll we've they're he'd I'm it's don't",
  "I'LL WE'VE 'S 'T ''s ''''",
  "'s't're've'm'll'd",
  '=SUM(A1:B2)',
  '0 00 000 0000 1234567890 3.14159 1,000,000 ½ ² ٣ 四',
  'naïve café Ünïcödé ẞ ſ ﬁ Å é',
  '日本語のテキスト 中文 한국어',
  'שלום مرحبا สวัสดี नमस्ते',
  '👍 👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 e\u0301 \u200d \ufe0f',
  '\ud800',
  '\udfff lone',
  'a\ud83db',
  '\ud83d\ud83d\ude00',
  '\u0000\u0001\u001c\u001f\u007f',
  '\u0085\u00a0\u1680\u2000\u2028\u2029\u202f\u205f\u3000\ufeff\u200b',
  'x\u0085y\ufeffz \ufeff \u0085 ',
  '<|endoftext|>',
  'a'.repeat(3000),
  ' '.repeat(3000),
  '9'.repeat(999),
  '!?'.repeat(500),
  'the '.repeat(500),
];

const LATE = /[\u0870-\u089f\u1c80-\u1c8f\ua7cb-\ua7f1\u{10d40}-\u{1e8ff}\u{20000}-\u{10ffff}\p{Cn}]/gu;

/** The characters that matter to the pre-tokenizer, far more often than chance would have them. */
const piece = fc.oneof(
  fc.constantFrom(
    "'s",
    "'t",
    "'re",
    "'ve",
    "'m",
    "'ll",
    "'d",
    "'",
    '’s',
    ' ',
    '  ',
    '\n',
    '\t',
    '\r\n',
    '\u00a0',
    '\u3000',
  ),
  fc.constantFrom(
    'the',
    ' The',
    'Hello',
    ' world',
    'GPT2',
    '2024',
    ' 7',
    '...',
    '!',
    '_',
    '#',
    '@',
    '$',
    '=',
    '"',
  ),
  fc.constantFrom(
    'é',
    'ß',
    'Ω',
    'ж',
    '漢',
    'あ',
    '한',
    'ا',
    '½',
    '²',
    '٣',
    'e\u0301',
    '😀',
    '👩‍🚀',
    '🇫🇷',
    '\ud83d',
    '\ude00',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 8 }),
);

/**
 * `count` hard strings, the same every time. Code points are left out that Unicode has not assigned, or has only lately:
 * whether one of them is a letter depends on the Unicode version, in the published encoder too.
 */
export const hardStrings = (count: number): string[] => [
  ...KNOWN,
  ...fc.sample(
    fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join('').replace(LATE, '')),
    { numRuns: count - KNOWN.length, seed: 20 },
  ),
];
