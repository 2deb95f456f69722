import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine/engine';
import { rangeOf } from '../../src/standalone/draft';
import { type Standalone, standalone } from '../../src/standalone/workbook';
import { xlsxOf } from '../../src/xlsx/book';
import { type Difference, largest, table, worstOf } from '../support/agreement';
import { type Done, recalculated } from '../support/calc/office';
import { embeddedModel, embeddedTokenizer, sortingModel } from '../support/models';
import { type Cells, compared, idsIn, sourceOf, textAt } from '../support/standalone';

const TOLERANCE = 1e-4;
/** Two minutes where nothing else runs; a busy machine may take several times as long. */
const A_LONG_WHILE = 900_000;

/** From one token to all that there is room for: punctuation, digits, white space, contractions, other scripts. */
const PROMPTS = [
  'Once there was a',
  '!',
  'The',
  'Mike is quick. He moves',
  'Once upon a time there was a little girl who had a red ball.',
  "It's mine, they're yours; we've got what I'd like, he'll see, I'm",
  'Numbers: 1, 22, 333 and 4444.',
  'two  spaces   and    four',
  ' begins with a space',
  'ends with spaces   ',
  'one line\nand another\n\nand one more',
  'a\tb \t c',
  'naïve café, “quotes” — dash…',
  '日本 слово',
  '👍🏽 ok',
  '½ Ⅷ ٣٤٥ ²',
  'CAPITALS and MiXeD cAsE',
  "'s 't 'LL !'re ''d",
  '<b>&amp;</b> "x" {y} [z] ~`^|\\',
  '*?~ wildcards *',
  'unbelievably extraordinary',
  'Tom and Sam went to the park. They saw a big dog. The dog was',
  'A cat sat on the mat. A dog sat on the log. A frog sat on the rock and then a bird',
  'no-break\u00a0space\u3000and\u2003wide',
];
/** What the workbook refuses, each with the beginning of its sentence. */
const REFUSED = [
  ['extraordinary extraordinary extraordinary extraordinary extraordinary extraordinary', 'The prompt has'],
  ['x'.repeat(161), 'The prompt is longer than the 160 bytes'],
  [
    'OnceuponatimetherewasalittlegirlwhowasveryhappyandshewentoutsidetoplaywithherfriendsinthePark',
    'A word of the prompt takes more than',
  ],
  ['é'.repeat(81), 'The prompt is longer than the 160 bytes'],
] as const;

/** The sheets to read, with their numbers. */
const sheetsOf = ({ sheets, activations }: Standalone, ...more: string[]) => {
  const wanted = new Set([
    ...[...activations.values()].map(({ sheet }) => sheet),
    'Start',
    'Tokens',
    ...more,
  ]);
  return new Map(sheets.flatMap(({ name }, at) => (wanted.has(name) ? [[name, at + 1] as const] : [])));
};

const cached = (done: Done, prompt: number): Cells => {
  const read = new Map<string, ReturnType<Cells>>();
  return (sheet) => {
    const known = read.get(sheet) ?? done.cells(prompt, sheet);
    read.set(sheet, known);
    return known;
  };
};

describe('the workbook of the embedded model in LibreOffice', () => {
  const { name, folder } = embeddedModel();
  const tokenizer = embeddedTokenizer();
  const source = sourceOf(name, folder, tokenizer);
  const workbook = standalone(source);
  let done: Done;
  let engine: Engine;

  beforeAll(async () => {
    const bytes = await xlsxOf(workbook.sheets, { title: name });
    engine = await Engine.open(source.model, { backend: 'wasm', threads: 1 });
    done = await recalculated({
      bytes,
      input: rangeOf(workbook.input),
      prompts: [...PROMPTS, ...REFUSED.map(([prompt]) => prompt), ''],
      sheets: sheetsOf(workbook),
    });
  }, A_LONG_WHILE);

  afterAll(async () => {
    done?.dispose();
    await engine?.dispose();
  });

  it('opens and recalculates in a time that a person waits', () => {
    const [all = 0, ...typed] = done.calculating;
    console.log(
      `Opened in ${done.loading} ms; all formulas calculated in ${all} ms; ` +
        `after typing: ${Math.min(...typed)} to ${Math.max(...typed)} ms`,
    );
    expect(typed).toHaveLength(PROMPTS.length + REFUSED.length);
  });

  it('gives the engine’s tokens and activations for prompts of all kinds', async () => {
    const lengths = new Set<number>();
    const runs: Difference[][] = [];
    for (const [at, prompt] of PROMPTS.entries()) {
      const cells = cached(done, at);
      const ids = tokenizer.encode(prompt);
      expect(textAt(cells, workbook.problem), prompt).toBe('');
      expect(idsIn(cells, workbook), prompt).toEqual(ids);
      lengths.add(ids.length);
      runs.push(await compared(cells, workbook, engine, ids));
    }
    console.log(`${PROMPTS.length} prompts of ${[...lengths].sort((a, b) => a - b).join(', ')} tokens`);
    console.log(table('The workbook against the engine', worstOf(runs)));
    expect(Math.min(...lengths)).toBe(1);
    expect(Math.max(...lengths)).toBe(workbook.room);
    expect(largest(worstOf(runs))).toBeLessThan(TOLERANCE);
  });

  it('lists the ten likeliest next tokens as the engine does, and the likeliest beside the prompt', async () => {
    for (const [at, prompt] of PROMPTS.entries()) {
      const cells = cached(done, at);
      const ids = tokenizer.encode(prompt);
      const [logits] = await engine.read({ ids, wants: [{ name: 'logits', position: ids.length - 1 }] });
      const values = [...(logits?.data ?? [])];
      const best = values.map((_, id) => id).sort((a, b) => (values[b] as number) - (values[a] as number));
      const start = cells('Start');
      const header = start.findIndex((row) => row.includes('probability'));
      const listed = start.slice(header + 1, header + 11).map((row) => Number(row[8]));
      expect(listed, prompt).toEqual(best.slice(0, 10));
      expect(start[4]?.[8]).toBe(start[header + 1]?.[5]);
    }
  });

  it.each(REFUSED.map(([prompt, sentence], at) => [prompt, sentence, at] as const))(
    'cuts nothing: “%s” is refused with a sentence, and there are no numbers',
    (_, sentence, at) => {
      const cells = cached(done, PROMPTS.length + at);
      expect(textAt(cells, workbook.problem)).toContain(sentence);
      expect(cells('Start')[6]?.[2]).toContain(sentence);
      expect(idsIn(cells, workbook)).toEqual([]);
      // A number, which its look hides; the list is empty with it.
      expect(cells('Start')[4]?.[8]).toBe('0');
      expect(cells('Start')[12]?.slice(5, 9)).toEqual(['0', '', '', '']);
      const place = workbook.activations.get('resid_post.3');
      const rows = cells('Block 3').slice((place?.top ?? 0) - 1, (place?.top ?? 0) + 31);
      expect(rows.flatMap((row) => row.slice(2, 98)).every((text) => Number(text) === 0)).toBe(true);
    },
  );

  it('takes no text for <|endoftext|>, as the engine does', () => {
    const cells = cached(done, PROMPTS.length + REFUSED.length);
    expect(idsIn(cells, workbook)).toEqual([tokenizer.endOfText]);
  });
});

const sorting = sortingModel();
describe.skipIf(sorting.missing)('the workbook of a model without a vocabulary in LibreOffice', () => {
  it(
    'gives the engine’s activations for token ids, and says what is wrong with others',
    async () => {
      const source = sourceOf(sorting.name, sorting.folder);
      const workbook = standalone(source, { prompt: [0, 1] });
      const engine = await Engine.open(source.model, { backend: 'wasm', threads: 1 });
      const inputs = ['0', '2 1', '0 1 2 0 1 2', '2 2 1 1 0 0 0 1 2 2 1'];
      const wrong = ['3', '0 1.5', 'x', '0 -1'];
      const done = await recalculated({
        bytes: await xlsxOf(workbook.sheets, { title: sorting.name }),
        input: rangeOf(workbook.input),
        prompts: [...inputs, ...wrong, ''],
        sheets: sheetsOf(workbook),
      });
      try {
        const runs: Difference[][] = [];
        for (const [at, prompt] of inputs.entries()) {
          const ids = prompt.split(' ').map(Number);
          const cells = cached(done, at);
          expect(idsIn(cells, workbook)).toEqual(ids);
          runs.push(await compared(cells, workbook, engine, ids));
        }
        console.log(table('The workbook of a model without a vocabulary', worstOf(runs)));
        expect(largest(worstOf(runs))).toBeLessThan(TOLERANCE);
        const said = [...wrong, ''].map((_, at) =>
          textAt(cached(done, inputs.length + at), workbook.problem),
        );
        expect(said.slice(0, -1)).toEqual(wrong.map(() => 'A token id must be a whole number from 0 to 2.'));
        expect(said.at(-1)).toBe('There is no token id yet.');
      } finally {
        done.dispose();
        await engine.dispose();
      }
    },
    A_LONG_WHILE,
  );
});
