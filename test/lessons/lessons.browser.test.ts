import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookOf, sheetName } from '../../src/lessons/book';
import { course } from '../../src/lessons/course';
import { layOut } from '../../src/lessons/layout';
import type { Lesson, LessonModel } from '../../src/lessons/lesson';
import { EMBEDDED } from '../../src/models/embedded';
import { addressOf, onSheet } from '../../src/workbook/address';
import { extentOf } from '../../src/workbook/extent';
import type { Sheet } from '../../src/workbook/sheet';
import { seriousFindings } from '../support/axe';
import { useSite } from '../support/site';
import { type OpenWorkbench, openWorkbench } from '../support/workbench';
import { RANDOM, writeGpt2Like } from './calculated';
import { marked, solutions, wrong } from './solving';

const site = useSite({
  models: (folder) => {
    mkdirSync(join(folder, RANDOM.name), { recursive: true });
    writeGpt2Like(join(folder, RANDOM.name));
  },
});

const tiny: LessonModel = { kind: 'tiny', name: EMBEDDED.name, config: EMBEDDED.config };
const random: LessonModel = { kind: 'gpt2', ...RANDOM };

describe.each([
  ['the built-in model', '?backend=wasm', tiny],
  ['a random model with GPT-2’s vocabulary', `?model=models/${RANDOM.name}&backend=wasm`, random],
] as const)('in the workbench, on %s', (_, query, model) => {
  let workbench: OpenWorkbench;
  beforeAll(async () => {
    workbench = await openWorkbench(site.browser, site.url, { query });
    await workbench.pane.getByRole('tab', { name: 'Sheets' }).click();
  });
  afterAll(() => workbench?.close());

  const said = (text: string) => workbench.pane.locator('.lessons .insertion').getByText(text).waitFor();

  /** The errors on a sheet, with their cells. */
  async function errors(sheet: Sheet): Promise<string[]> {
    const { rows, columns } = extentOf(sheet);
    const [values = []] = await workbench.values(
      onSheet(sheet.name, `A1:${addressOf(rows - 1, columns - 1)}`),
    );
    return values.flatMap((row, r) =>
      row.flatMap((value, c) =>
        typeof value === 'string' && /^#[A-Z/0]+[!?]?/.test(value) ? [`${addressOf(r, c)} ${value}`] : [],
      ),
    );
  }

  describe.each(course.map((lesson): [string, Lesson] => [sheetName(lesson), lesson]))(
    '%s',
    (name, lesson) => {
      const laid = layOut(lesson, model, name, course.length);
      const questions = marked(laid);
      const on = (address: string) => onSheet(name, address);
      const typing = (cells: Readonly<Record<string, string | number>>) =>
        workbench.set(Object.fromEntries(Object.entries(cells).map(([at, content]) => [on(at), content])));
      const marks = async () => {
        const [ticks, words] = [
          await workbench.values(...questions.map(({ tick }) => on(tick))),
          await workbench.values(...questions.map(({ mark }) => on(mark))),
        ];
        return questions.map(({ part }, i) => {
          const said = String(words[i]?.[0]?.[0] ?? '');
          return `${part.key}: ${ticks[i]?.[0]?.[0] ?? ''} ${said.slice(0, 7)}`;
        });
      };
      const all = (mark: string) => questions.map(({ part }) => `${part.key}: ${mark}`);
      const answers = async () =>
        (await workbench.values(...laid.questions.flatMap(({ answer }) => (answer ? [on(answer)] : [])))).map(
          (cells) => String(cells[0]?.[0] ?? ''),
        );
      const predictions = laid.questions.filter(({ answer }) => answer).length;

      it('goes in from the pane, without an error, with nothing answered', async () => {
        await workbench.pane.locator(`[data-lesson="${lesson.number}"]`).click();
        await said(`Inserted the sheet ${name}.`);
        await workbench.settled();
        await expect.poll(() => errors(laid.sheet)).toEqual([]);
        await expect.poll(marks).toEqual(all(' Not yet'));
        expect(await answers()).toEqual(Array(predictions).fill(''));
      });

      it('says not yet of what is wrong, and asks for a guess', async () => {
        await typing(wrong(laid));
        await workbench.settled();
        await expect.poll(marks).toEqual(all(' Not yet'));
        await expect
          .poll(answers)
          .toEqual(Array(predictions).fill(expect.stringMatching(/^First write your guess/)));
      });

      it('marks the solutions of the teacher’s notes right, and answers', async () => {
        await typing(solutions(laid));
        await workbench.settled();
        await expect.poll(marks, { timeout: 60_000 }).toEqual(all('✓ Right.'));
        await expect.poll(() => errors(laid.sheet)).toEqual([]);
        for (const answer of await answers()) expect(answer).toMatch(/^(?!First write)./s);
      });

      it('goes away again', async () => {
        await workbench.pane.locator('.lessons [data-action="undo"]').click();
        await said('Undo would lose that');
        await workbench.pane.locator('.lessons [data-action="undo-regardless"]').click();
        await said('The sheets are gone again.');
      });
    },
  );
});

describe('all lessons at once', () => {
  let workbench: OpenWorkbench;
  beforeAll(async () => {
    workbench = await openWorkbench(site.browser, site.url);
    await workbench.pane.getByRole('tab', { name: 'Sheets' }).click();
    await workbench.pane.getByText('Thirteen lessons for a class').waitFor();
  });
  afterAll(() => workbench?.close());

  const names = bookOf(course, tiny, { notes: true })((wish) => wish).map(({ name }) => name);
  const said = (text: string) => workbench.pane.locator('.lessons .insertion').getByText(text).waitFor();
  const there = (name: string) =>
    workbench.read(onSheet(name, 'C2')).then(
      ({ value }) => value !== null,
      () => false,
    );

  it('are listed without anything that axe finds serious', async () => {
    expect(await seriousFindings(workbench.pane)).toEqual([]);
  });

  it('can be cancelled, and leave nothing', async () => {
    const { pane } = workbench;
    await pane.getByLabel('With teacher’s notes').check();
    await pane.locator('[data-action="all"]').click();
    const cancel = pane.locator('.lessons [data-action="stop"]');
    await cancel.waitFor();
    await cancel.dispatchEvent('click'); // at once: it is soon over
    await said('Cancelled. Nothing was left behind.');
    expect(await Promise.all(names.map(there))).toEqual(names.map(() => false));
  });

  it('go in with their notes, and lead to one another', async () => {
    await workbench.pane.locator('[data-action="all"]').click();
    await said('Inserted 26 sheets: 1 Text to tokens, Notes 1');
    expect(await Promise.all(names.map(there))).toEqual(names.map(() => true));
    const [row] = await workbench.readRange("'2 Meaning as position'!C1:J1");
    const links = ['← 1 Text to tokens', null, null, null, '3 Where am I →', null, null, null];
    expect(row?.map(({ value }) => value)).toEqual(links);
  });

  it('ask when a sheet is there, and can be put beside it or in its place', async () => {
    const { pane } = workbench;
    await pane.getByLabel('With teacher’s notes').uncheck();
    await pane.locator('[data-lesson="1"]').click();
    await said('There is already a sheet 1 Text to tokens.');
    await pane.locator('[data-action="leave"]').click();
    await said('Everything stays as it is.');
    await pane.locator('[data-lesson="1"]').click();
    await pane.locator('[data-action="beside"]').click();
    await said('Inserted the sheet 1 Text to tokens (2).');
    await workbench.set({ "'1 Text to tokens'!D10": 'Something of mine' });
    await pane.locator('[data-lesson="1"]').click();
    await pane.locator('[data-action="replace"]').click();
    await said('Inserted the sheet 1 Text to tokens.');
    expect((await workbench.read("'1 Text to tokens'!D10")).value).toBe('Mike is quick. He moves');
  });
});
