import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine, Result, Results } from '../results';
import { BUSY } from '../results';
import { atFastest, demand, figure, nearness, ratio, verdict } from './figures';
import { byLoss, cellsOf, decided, type Line, linesOf, loss, proofTexts } from './lines';
import { plot } from './plot';

const PICTURE = 'performance.svg';

/** What the page needs to know of a row that may not have run. */
export interface Listed {
  readonly name: string;
  readonly title: string;
}

/**
 * Writes `performance.md` and its picture → their paths.
 * @param order the rows as the page has them; results of others are left out
 */
export function writePage(results: Results, order: readonly Listed[], folder: string): string[] {
  const rows = order.flatMap(({ name }) => results.rows.filter((row) => row.name === name));
  const files: [string, string][] = [
    ['performance.md', page({ ...results, rows }, order)],
    [PICTURE, plot(rows)],
  ];
  return files.map(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  });
}

export function page({ machine, rows }: Results, order: readonly Listed[]): string {
  const lines = rows.flatMap(linesOf);
  const missing = order.filter(({ name }) => !rows.some((row) => row.name === name));
  const lost = lines.filter(({ verdict }) => verdict === 'does not hold').sort(byLoss);
  const open = lines.filter(({ verdict }) => verdict === 'open').length;
  const held = lines.filter(({ verdict }) => verdict === 'holds').length;
  return [
    '# Performance',
    '',
    'Written by `npm run bench -- --page` from the figures of `npm run bench`; nothing here is typed by hand.',
    '',
    `Of ${held + lost.length + open} demands ${held} hold, ${lost.length} do not` +
      `${open > 0 ? `, ${open} ${open === 1 ? 'stays' : 'stay'} open because somebody to be measured against failed` : ''}` +
      `${missing.length > 0 ? `; not measured: ${missing.map(({ name }) => name).join(', ')}` : ''}.`,
    '',
    ...warnings(rows),
    ...(lost.length > 0 ? ['## Where we lose', '', ...lost.map((line) => `- ${loss(line)}`), ''] : []),
    '## What must hold, and what was measured',
    '',
    '| what | must be | measured | least possible, and how near we are | |',
    '|---|---|---|---|---|',
    ...order.flatMap(({ name, title }) =>
      missing.some((row) => row.name === name)
        ? [`| ${title} | | not measured | | |`]
        : lines
            .filter(({ row }) => row === name)
            .map((line) => tableRow([...cellsOf(line), judged(line, rows)])),
    ),
    '',
    'The least possible is what the machine allows: bytes that must be read at the bandwidth, or operations at the speed, that WebAssembly',
    'itself reached in the same run, at its best; 50 % beside it means that we take twice as long. The sections below say how each was worked out.',
    '',
    `![How many times as long as it may be each figure is: what ends left of the line holds](${PICTURE})`,
    '',
    ...rows.flatMap(section),
    '## How it is measured',
    '',
    'All run the same weights: random numbers in the exact shape of GPT-2 with 124 million parameters, written by the bench as a',
    'folder of the hub, as GGUF and as ONNX. They take turns, and each round begins with another; a ratio is the median of',
    'the ratios of the rounds, so that what slows the machine for a while slows both; beside it stands the ratio of their fastest rounds. llama.cpp runs as a program of this machine, its',
    'keys and values in float32; the others run in one browser, in a page each. wllama tells its own times, which leave its messages out.',
    'transformers.js reads a graph of ours with fused operations and only the last row of logits, as fast as a published conversion or faster; as in those, the last',
    "block runs for all positions. Where it has bytes, it has them as ONNX's dynamic quantisation does.",
    '',
    "*ONNX Runtime's matrix products alone* are all matrices of the model, multiplied in the same kind of session and the same layout as the engine has",
    'them, by as many rows as the prompt has tokens and the head by one, and those of attention, divided as the engine divides them: queries by keys, and what comes of it by values;',
    'of the last block all that follows the keys by one row, as the engine does.',
    'Nothing that is ours, and no softmax, norm or GELU; where it says so, those are between them. They take turns with the others.',
    '',
    ...machineTable(machine),
    '',
  ].join('\n');
}

/** The verdict, and where to read on when it is a bad one. */
function judged(line: Line, rows: readonly Result[]): string {
  if (line.verdict !== 'does not hold') return line.verdict;
  const { title } = rows.find(({ name }) => name === line.row) as Result;
  return `**does not hold**: [${decided(line) ? 'proof below' : 'details below'}](#${anchor(title)})`;
}

/** A peer's message may hold what ends a cell. */
const tableRow = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** A heading's address, as GitHub makes it. */
export const anchor = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

function warnings(rows: readonly Result[]): string[] {
  const busy = rows.filter((row) => row.busy > BUSY).map(({ name }) => name);
  const quick = rows.filter((row) => row.quick).map(({ name }) => name);
  return [
    ...(busy.length > 0
      ? [
          `**Other programs were running** while these were measured: ${busy.join(', ')}. Their times are too long, their ratios uncertain.`,
          '',
        ]
      : []),
    ...(quick.length > 0 ? [`**A first look only**, of few rounds: ${quick.join(', ')}.`, ''] : []),
  ];
}

function section({ title, comparisons, notes, at, proofs = [] }: Result): string[] {
  const lines = comparisons.map((one) => {
    const { what, unit, ours, against, theirs, ratio: measured, holds, failed, aside } = one;
    const spread = measured
      ? `${ratio(measured.median)} (${measured.least.toFixed(2)} to ${measured.most.toFixed(2)})`
      : '';
    const cells = [
      what,
      figure(ours, unit),
      against ? `${against}${theirs ? `: ${figure(theirs, unit)}` : ''}${aside ? ` (${aside})` : ''}` : '',
      spread,
      atFastest(one),
      demand(one),
      holds === false || failed !== undefined ? `**${verdict(one)}**` : verdict(one),
      nearness(one),
    ];
    return tableRow(cells);
  });
  const figures = [...new Set(comparisons.map(({ what }) => what))];
  const bounds = [
    ...new Set(comparisons.flatMap(({ what, bound }) => (bound ? [`${what}: ${bound.how}`] : []))),
  ];
  return [
    `## ${title}`,
    '',
    '| what | ours | against | ratio | at their fastest | must be | | least possible, and how near |',
    '|---|---|---|---|---|---|---|---|',
    ...lines,
    '',
    ...figures.flatMap((what) => {
      const texts = proofTexts(proofs.filter((proof) => proof.what === what));
      return texts.length > 0 ? [`**${sentence(what)}.** ${texts.join(' ')}`, ''] : [];
    }),
    ...notes.flatMap((note) => [note, '']),
    ...(bounds.length > 0 ? [`Least possible: ${bounds.join('; ')}.`, ''] : []),
    `Measured on ${at.slice(0, 10)}.`,
    '',
  ];
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function machineTable({ processor, cores, memory, system, node, browser, peers, limits }: Machine): string[] {
  const facts: [string, string][] = [
    ['processor', `${processor}, ${cores} cores`],
    ['memory', `${(memory / 2 ** 30).toFixed(0)} GiB`],
    ['system', system],
    ['Node, Chromium', `${node}, ${browser}`],
    ...limits.map(
      ({ threads, bandwidth, usualBandwidth, streams, peak, usualPeak, fusedPeak }): [string, string] => [
        `WebAssembly, ${threads === 1 ? 'one thread' : `${threads} threads`}`,
        `${(bandwidth / 1e9).toFixed(1)} GB/s read at best, ${(usualBandwidth / 1e9).toFixed(1)} usually, from 512 MB for each thread that it has written, ` +
          `${streams === 1 ? 'from one place' : `from ${streams} places`} at once; ` +
          `${(peak / 1e9).toFixed(0)} G float operations a second at best, ${(usualPeak / 1e9).toFixed(0)} usually` +
          (fusedPeak ? `, ${(fusedPeak / 1e9).toFixed(0)} with relaxed SIMD` : '') +
          '. Bounds are worked out with the best.',
      ],
    ),
    ...Object.entries(peers).map(([name, version]): [string, string] => [name, version]),
  ];
  return ['| | |', '|---|---|', ...facts.map(([name, value]) => `| ${name} | ${value} |`)];
}
