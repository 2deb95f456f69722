import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { timesOf } from '../../bench/measure';
import { writePage } from '../../bench/report/page';
import { keepResults, type Result, readResults } from '../../bench/results';

const machine = {
  processor: 'P & Q',
  cores: 2,
  memory: 2 ** 33,
  system: 'Linux',
  node: 'v20',
  browser: '150',
  peers: { somebody: '1.0.0' },
  limits: [{ threads: 1, bandwidth: 2e10, peak: 4e10 }],
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

it('the page shows where we lose, what was measured while others ran, and the least possible', () => {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  try {
    const path = join(folder, 'results/latest.json');
    expect(readResults(path)).toBeUndefined();
    keepResults(path, machine, [row('b'), row('gone')]);
    keepResults(path, machine, [row('a', { busy: 1.5 }), row('b', { quick: true })]);
    const results = readResults(path);
    expect(results?.rows.map(({ name }) => name).sort()).toEqual(['a', 'b', 'gone']);
    const [page, picture] = writePage(results as NonNullable<typeof results>, ['a', 'b'], folder).map(
      (file) => readFileSync(file, 'utf8'),
    ) as [string, string];
    expect(page).toContain('Of 2 demands 0 hold.');
    expect(page).toContain(
      '| one token | 20.0 ms | somebody <f32>: 10.0 ms | 2.00 × (1.90 to 2.10) | 2.00 × | ≤ 1.10 × | **does not hold** | 5.00 ms; ours is 4.00 × that |',
    );
    expect(page).toContain('**Other programs were running** while these were measured: a.');
    expect(page).toContain('**A first look only**, of few rounds: b.');
    expect(page.indexOf('The row a')).toBeLessThan(page.indexOf('The row b'));
    expect(page).not.toContain('The row gone');
    expect(picture).toContain('somebody &lt;f32&gt;');
    expect(picture.match(/class="not"/g)).toHaveLength(2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
