import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { timesOf } from '../../bench/measure';
import type { Comparison, Proof } from '../../bench/outcome';
import { anchor, page as pageOf, writePage } from '../../bench/report/page';
import { plot } from '../../bench/report/plot';
import { keepResults, type Result, readResults } from '../../bench/results';

const machine = {
  processor: 'P & Q',
  cores: 2,
  memory: 2 ** 33,
  system: 'Linux',
  node: 'v20',
  browser: '150',
  peers: { somebody: '1.0.0' },
  limits: [{ threads: 1, bandwidth: 2e10, usualBandwidth: 1e10, streams: 4, peak: 4e10, usualPeak: 3e10 }],
};
const row = (name: string, given: Partial<Result> = {}): Result => ({
  name,
  title: `The row ${name}`,
  quick: false,
  at: '2026-01-02T03:04:05Z',
  seconds: 1,
  busy: 0,
  notes: [`A note of ${name}.`],
  comparisons: [
    {
      what: 'one token',
      unit: 'ms',
      ours: timesOf([20]),
      against: 'somebody <f32>',
      theirs: timesOf([10]),
      ratio: { median: 2, least: 1.9, most: 2.1 },
      atMost: 1.1,
      holds: false,
      bound: { value: 5, how: '100 MB at 20 GB/s' },
    },
  ],
  ...given,
});

const inFolder = (use: (folder: string) => void) => {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  try {
    use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};
const listed = (...names: string[]) => names.map((name) => ({ name, title: `The row ${name}` }));

it('the page shows where we lose, what was measured while others ran, and the least possible', () => {
  inFolder((folder) => {
    const path = join(folder, 'results/latest.json');
    expect(readResults(path)).toBeUndefined();
    keepResults(path, machine, [row('b'), row('gone')]);
    keepResults(path, machine, [row('a', { busy: 1.5 }), row('b', { quick: true })]);
    const results = readResults(path);
    expect(results?.rows.map(({ name }) => name).sort()).toEqual(['a', 'b', 'gone']);
    const [page, picture] = writePage(
      results as NonNullable<typeof results>,
      listed('a', 'b', 'c'),
      folder,
    ).map((file) => readFileSync(file, 'utf8')) as [string, string];
    expect(page).toContain('Of 2 demands 0 hold, 2 do not; not measured: c.');
    expect(page).toContain('- **one token**: 2.00 × somebody <f32>, where ≤ 1.10 × is asked for.');
    expect(page).toContain(
      '| one token | ≤ 1.10 × somebody <f32> | 20.0 ms<br>**2.00 × somebody <f32>** | 5.00 ms: 25 % | **does not hold**: [details below](#the-row-a) |',
    );
    expect(page).toContain('| The row c | | not measured | | |');
    expect(page).toContain(
      '| one token | 20.0 ms | somebody <f32>: 10.0 ms | 2.00 × (1.90 to 2.10) | 2.00 × | ≤ 1.10 × | **does not hold** | 5.00 ms: 25 % |',
    );
    expect(page).toContain('**Other programs were running** while these were measured: a.');
    expect(page).toContain('**A first look only**, of few rounds: b.');
    expect(page.indexOf('## The row a')).toBeLessThan(page.indexOf('## The row b'));
    expect(page).not.toContain('The row gone');
    expect(picture).toContain('somebody &lt;f32&gt;');
    expect(picture.match(/class="not"/g)).toHaveLength(2);
  });
});

it('a line says whether the products alone decide it', () => {
  const proof = {
    what: 'one token',
    kind: 'f32' as const,
    products: timesOf([16]),
    against: 'somebody <f32>',
    theirs: timesOf([10]),
    ratio: { median: 1.6, least: 1.5, most: 1.7 },
    ours: { median: 1.25, least: 1.2, most: 1.3 },
    atMost: 1.1,
    proved: true,
  };
  const one = (given: Partial<typeof proof>) =>
    pageOf({ machine, rows: [row('a', { proofs: [{ ...proof, ...given }] })] }, listed('a'));
  const proved = one({});
  expect(proved).toContain(
    "ONNX Runtime's matrix products alone, without anything else: 16.0 ms = 1.60 × somebody <f32> (1.50 to 1.70). That is above 1.10 × already: no engine",
  );
  expect(proved).toContain('Ours takes 1.25 × the products, so 20 % of its time is outside them.');
  expect(proved).toContain('[proof below](#the-row-a)');
  const no = { ratio: { median: 1, least: 1, most: 1 }, proved: false };
  const not = one(no);
  expect(not).toContain('That is not above 1.10 ×, so it is not proved to be out of reach.');
  expect(not).toContain('[details below](#the-row-a)');
  const both = (between: Partial<typeof proof>, alone: Partial<Proof> = no) => {
    const proofs = [
      { ...proof, ...alone },
      { ...proof, kind: 'between' as const, ...between },
    ];
    return pageOf({ machine, rows: [row('a', { proofs })] }, listed('a'));
  };
  expect(both({})).toContain(
    "ONNX Runtime's matrix products, norms, GELU and softmax alone: 16.0 ms = 1.60 × somebody <f32> (1.50 to 1.70). That is above 1.10 × already: no engine that has ONNX Runtime do these can hold it.",
  );
  expect(both({})).toContain('[proof below](#the-row-a)');
  expect(both(no)).toContain('[details below](#the-row-a)');
  const chance = both(no, { proved: false, chance: true });
  expect(chance).toContain('[details below](#the-row-a)');
  expect(chance).toContain('which is more, it is not: so it was chance.');
  expect(both({}, {})).toMatch(/\*\*one token\*\*: .* matrix products alone, without anything else/);
  expect(plot([row('a', { proofs: [proof] })]).match(/<path d="M\d[^"]*" class="products"\/>/g)).toHaveLength(
    2,
  );
});

it('a peer that failed is named with its message, and leaves the line open', () => {
  const [good] = row('a').comparisons as [Comparison];
  const { theirs, ratio, holds, ...rest } = good;
  const rows = [
    row('a', {
      comparisons: [
        { ...good, holds: true, atMost: 3 },
        { ...rest, against: 'other', failed: 'no room | at all' },
      ],
    }),
  ];
  const page = pageOf({ machine, rows }, listed('a'));
  expect(page).toContain('Of 1 demands 0 hold, 0 do not, 1 stays open');
  expect(page).toContain(
    '20.0 ms<br>2.00 × somebody <f32><br>other failed: no room \\| at all | 5.00 ms: 25 % | open |',
  );
  expect(page).toContain('**failed: no room \\| at all**');
  expect(page).not.toContain('## Where we lose');
  expect(plot(rows)).not.toContain('other');
});

it('the table also has what is told without a demand', () => {
  const told = { what: 'what it adds', unit: 'ms' as const, ours: timesOf([3]), told: true };
  const page = pageOf({ machine, rows: [row('a', { comparisons: [told] })] }, listed('a'));
  expect(page).toContain('Of 0 demands 0 hold, 0 do not.');
  expect(page).toContain('| what it adds |  | 3.00 ms |  | reported |');
});

it('limits of other thread counts stay when a row runs alone', () => {
  inFolder((folder) => {
    const path = join(folder, 'latest.json');
    const [one] = machine.limits as [(typeof machine.limits)[0]];
    keepResults(path, { ...machine, limits: [one, { ...one, threads: 2 }] }, [row('a')]);
    const { machine: kept } = keepResults(path, { ...machine, limits: [{ ...one, peak: 5e10 }] }, [row('a')]);
    expect(kept.limits.map(({ threads, peak }) => [threads, peak])).toEqual([
      [1, 5e10],
      [2, 4e10],
    ]);
  });
});

it('a heading has the address that GitHub gives it', () => {
  expect(anchor('A prompt to logits, 2 threads, float32')).toBe('a-prompt-to-logits-2-threads-float32');
});

it('a figure is out of reach where the least possible is above what is asked for, and only there', () => {
  const start = (least: number): Comparison => ({
    what: 'start',
    unit: 'ms',
    ours: timesOf([900]),
    atMost: 500,
    holds: false,
    bound: { value: least, how: 'what it cannot do without' },
  });
  const written = (least: number) =>
    pageOf({ machine, rows: [row('a', { comparisons: [start(least)] })] }, listed('a'));
  expect(written(600)).toContain('The least possible, 600 ms, is above that: what it cannot do without.');
  expect(written(600)).toContain('proof below');
  expect(written(400)).not.toContain('is above that');
  expect(written(400)).toContain('details below');
});
