import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseCsv } from 'hucre/csv';

/** What to do with a workbook. */
export interface Job {
  readonly bytes: Uint8Array;
  /** The cell that takes a prompt, or the cells that take token ids, on the first sheet. */
  readonly input: string;
  /** What to type there, one after the other; token ids with spaces between them. */
  readonly prompts: readonly string[];
  /** The sheets to read afterwards, by name, with their numbers from 1. */
  readonly sheets: ReadonlyMap<string, number>;
}

/** What LibreOffice made of it. Times are in milliseconds. */
export interface Done {
  readonly loading: number;
  /** The first is of all formulas, the others of those that depend on the prompt. */
  readonly calculating: readonly number[];
  /** The cells of a sheet after a prompt was typed, by rows, as text. */
  cells(prompt: number, sheet: string): readonly (readonly string[])[];
  dispose(): void;
}

const HOW =
  'This test needs LibreOffice Calc. Install it (Debian and Ubuntu: apt-get install --no-install-recommends ' +
  'libreoffice-calc-nogui), or set SOFFICE to the path of soffice.';
const TIME_LIMIT = 840_000;

/** Types prompts into a workbook with LibreOffice, one session for all. @throws Error saying how to get LibreOffice */
export async function recalculated({ bytes, input, prompts, sheets }: Job): Promise<Done> {
  const folder = mkdtempSync(join(tmpdir(), 'gpt2-calc-'));
  const dispose = () => rmSync(folder, { recursive: true, force: true });
  try {
    const [book, out, job] = ['book.xlsx', 'out', 'job.txt'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    mkdirSync(out);
    writeFileSync(book, bytes);
    const units = (text: string) =>
      Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)).join(',');
    writeFileSync(
      job,
      `${[book, out, input, [...sheets.values()].join(','), ...prompts.map(units)].join('\n')}\n`,
    );
    await runMacro(folder, job);
    const report = readFileSync(join(out, 'report.txt'), 'utf8').split('\n');
    if (!report.includes('done')) throw new Error(`LibreOffice ended early: ${report.join('; ')}`);
    const times = (what: string) =>
      report.filter((line) => line.startsWith(what)).map((line) => Number(line.split(' ')[1]));
    return {
      loading: times('loaded')[0] as number,
      calculating: times('calculated'),
      cells: (prompt, sheet) =>
        parseCsv(readFileSync(join(out, `${prompt}-${sheet}.csv`), 'utf8'), { delimiter: ',' }).map((row) =>
          row.map(String),
        ),
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** Runs the macro beside this file in a profile of its own. */
async function runMacro(folder: string, job: string): Promise<void> {
  const profile = join(folder, 'profile');
  // A profile is filled when it is first used, and would lose a macro that is in it before.
  await office(profile, job, '--terminate_after_init');
  const library = join(profile, 'user/basic/Standard');
  mkdirSync(library, { recursive: true });
  const basic = readFileSync(join(import.meta.dirname, 'recalculate.bas'), 'utf8');
  const escaped = basic.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const head = '<?xml version="1.0" encoding="UTF-8"?>';
  const [lib, script] = ['library', 'script'].map(
    (name) => `xmlns:${name}="http://openoffice.org/2000/${name}"`,
  );
  writeFileSync(
    join(library, 'Recalculate.xba'),
    `${head}<script:module ${script} script:name="Recalculate" script:language="StarBasic">${escaped}</script:module>`,
  );
  writeFileSync(
    join(library, 'script.xlb'),
    `${head}<library:library ${lib} library:name="Standard" library:readonly="false" library:passwordprotected="false">` +
      '<library:element library:name="Recalculate"/></library:library>',
  );
  writeFileSync(
    join(profile, 'user/basic/script.xlc'),
    `${head}<library:libraries ${lib}><library:library library:name="Standard" library:link="false"/></library:libraries>`,
  );
  await office(profile, job, 'macro:///Standard.Recalculate.Main');
}

function office(profile: string, job: string, what: string): Promise<void> {
  const args = ['--headless', '--norestore', `-env:UserInstallation=${pathToFileURL(profile).href}`, what];
  return new Promise((done, failed) => {
    const running = spawn(process.env.SOFFICE ?? 'soffice', args, {
      env: { ...process.env, GPT2_JOB: job },
      stdio: 'ignore',
      timeout: TIME_LIMIT,
    });
    running.on('error', (error) =>
      failed((error as NodeJS.ErrnoException).code === 'ENOENT' ? new Error(HOW) : error),
    );
    running.on('exit', () => done());
  });
}
