import { createUniver, defaultTheme, LocaleType } from '@univerjs/presets';
import { UniverSheetsCorePreset } from '@univerjs/presets/preset-sheets-core';
import texts from '@univerjs/presets/preset-sheets-core/locales/en-US';

/** Frames without a new value after which Univer is taken to have stopped. */
const PATIENCE_MS = 60_000;

function start() {
  const container = document.body.appendChild(document.createElement('div'));
  container.style.cssText = 'width: 1000px; height: 700px';
  const { univer, univerAPI } = createUniver({
    locale: LocaleType.EN_US,
    locales: { [LocaleType.EN_US]: texts },
    theme: defaultTheme,
    presets: [UniverSheetsCorePreset({ container, toolbar: false })],
  });
  return { container, univer, univerAPI };
}

/** An empty sheet of Univer's, until it is drawn → milliseconds since the navigation. */
export async function univerStarts(): Promise<number> {
  const { univerAPI } = start();
  const drawn = new Promise<void>((resolve) => {
    univerAPI.addEvent(univerAPI.Event.LifeCycleChanged, ({ stage }) => {
      if (stage === univerAPI.Enum.LifecycleStages.Rendered) resolve();
    });
  });
  univerAPI.createWorkbook({});
  await drawn;
  return performance.now();
}

/**
 * Univer alone, with an asynchronous function of its own that does nothing: `cells` cells are given a formula that calls it,
 * one after the other in one moment → milliseconds until all show its result, for each of `rounds` rounds.
 */
export async function univerAlone(cells: number, rounds: number): Promise<number[]> {
  const { container, univer, univerAPI } = start();
  const workbook = univerAPI.createWorkbook({});
  const sheet = workbook.getActiveSheet();
  univerAPI
    .getFormula()
    .registerAsyncFunction('NOTHING', async (n: unknown) => Number(n) + 0.5, 'Does nothing');
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const range = (i: number) => sheet.getRange(i, round);
    const began = performance.now();
    for (let i = 0; i < cells; i++) range(i).setFormula(`=NOTHING(${1000 * round + i})`);
    const done = () =>
      sheet
        .getRange(0, round, cells, 1)
        .getValues()
        .every(([value], i) => value === 1000 * round + i + 0.5);
    while (!done()) {
      if (performance.now() - began > PATIENCE_MS)
        throw new Error(`Univer has not shown ${cells} values within ${PATIENCE_MS / 1000} s.`);
      await new Promise(requestAnimationFrame);
    }
    times.push(performance.now() - began);
  }
  univer.dispose();
  container.remove();
  return times;
}
