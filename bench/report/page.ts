import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine, Result, Results } from '../results';
import { BUSY } from '../results';
import { atFastest, demand, figure, overBound, ratio, verdict } from './figures';
import { plot } from './plot';

const PICTURE = 'performance.svg';

/**
 * Writes `performance.md` and its picture → their paths.
 * @param order the names of the rows as the page has them; others are left out
 */
export function writePage(results: Results, order: readonly string[], folder: string): string[] {
  const rows = order.flatMap((name) => results.rows.filter((row) => row.name === name));
  const files: [string, string][] = [
    ['performance.md', page({ ...results, rows })],
    [PICTURE, plot(rows)],
  ];
  return files.map(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  });
}

export function page({ machine, rows }: Results): string {
  const all = rows.flatMap(({ comparisons }) => comparisons).filter(({ holds }) => holds !== undefined);
  const held = all.filter(({ holds }) => holds).length;
  return [
    '# Performance',
    '',
    'Written by `npm run bench -- --page` from the figures of `npm run bench`; nothing here is typed by hand.',
    '',
    `Of ${all.length} demands ${held} hold. The others are marked in the table.`,
    '',
    ...warnings(rows),
    `![How many times as long as its bound each figure is: what ends left of the line holds](${PICTURE})`,
    '',
    ...rows.flatMap(section),
    '## How it is measured',
    '',
    'All run the same weights: random numbers in the exact shape of GPT-2 with 124 million parameters, written by the bench as a',
    'folder of the hub, as GGUF and as ONNX. They take turns, and each round begins with another; a ratio is the median of',
    'the ratios of the rounds, so that what slows the machine for a while slows both; beside it stands the ratio of their fastest rounds. llama.cpp runs as a program of this machine, its',
    'keys and values in float32; the others run in one browser, in a page each. wllama tells its own times, which leave its messages out.',
    'transformers.js reads a graph of ours with fused operations and only the last row of logits, the best it could be given.',
    '',
    'The least possible is what the machine allows: bytes that must be read at the bandwidth, or operations at the speed, that WebAssembly',
    'itself reached in the same run.',
    '',
    ...machineTable(machine),
    '',
  ].join('\n');
}

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

function section({ title, comparisons, notes, at }: Result): string[] {
  const lines = comparisons.map((one) => {
    const { what, unit, ours, against, theirs, ratio: measured, bound } = one;
    const spread = measured
      ? `${ratio(measured.median)} (${measured.least.toFixed(2)} to ${measured.most.toFixed(2)})`
      : '';
    const cells = [
      what,
      figure(ours, unit),
      against && theirs ? `${against}: ${figure(theirs, unit)}` : '',
      spread,
      atFastest(one),
      demand(one),
      one.holds === false ? `**${verdict(one)}**` : verdict(one),
      bound ? `${figure({ median: bound.value }, unit)}; ours is ${overBound(one)} that` : '',
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const bounds = [
    ...new Set(comparisons.flatMap(({ what, bound }) => (bound ? [`${what}: ${bound.how}`] : []))),
  ];
  return [
    `## ${title}`,
    '',
    '| what | ours | against | ratio | at their fastest | must be | | least possible |',
    '|---|---|---|---|---|---|---|---|',
    ...lines,
    '',
    ...notes.flatMap((note) => [note, '']),
    ...(bounds.length > 0 ? [`Least possible: ${bounds.join('; ')}.`, ''] : []),
    `Measured on ${at.slice(0, 10)}.`,
    '',
  ];
}

function machineTable({ processor, cores, memory, system, node, browser, peers, limits }: Machine): string[] {
  const facts: [string, string][] = [
    ['processor', `${processor}, ${cores} cores`],
    ['memory', `${(memory / 2 ** 30).toFixed(0)} GiB`],
    ['system', system],
    ['Node, Chromium', `${node}, ${browser}`],
    ...limits.map(({ threads, bandwidth, peak, fusedPeak }): [string, string] => [
      `WebAssembly, ${threads === 1 ? 'one thread' : `${threads} threads`}`,
      `${(bandwidth / 1e9).toFixed(1)} GB/s read; ${(peak / 1e9).toFixed(0)} G float operations a second` +
        (fusedPeak ? `, ${(fusedPeak / 1e9).toFixed(0)} with relaxed SIMD` : ''),
    ]),
    ...Object.entries(peers).map(([name, version]): [string, string] => [name, version]),
  ];
  return ['| | |', '|---|---|', ...facts.map(([name, value]) => `| ${name} | ${value} |`)];
}
