import { expect, it } from 'vitest';
import type { DownloadProgress } from '../../src/models/api';
import { Meter } from '../../src/models/meter';

it('measures speed over the last five seconds, from the network alone, ten times a second', () => {
  let now = 0;
  const seen: DownloadProgress[] = [];
  const meter = new Meter(
    (progress) => seen.push(progress),
    () => now,
  );
  meter.files([
    { path: 'a', size: 1000 },
    { path: 'b', size: 99_000 },
  ]);
  meter.bytes('a', 1000, 'disk');
  for (now = 10; now <= 20_000; now += 10) meter.bytes('b', now < 10_000 ? now : 2 * now - 10_000, 'network');
  expect(seen.length).toBeGreaterThan(190);
  expect(seen.length).toBeLessThan(210);
  const half = seen.find(({ bytes }) => bytes > 10_000) as DownloadProgress;
  expect(half.speed).toBeCloseTo(1000, 0);
  const last = seen.at(-1) as DownloadProgress;
  expect(last).toMatchObject({ phase: 'downloading', file: 'b', total: 100_000 });
  expect(last.speed).toBeCloseTo(2000, 0);
  expect(last.secondsLeft).toBeCloseTo((100_000 - last.bytes) / 2000, 1);
  expect(seen[0]).toEqual({ phase: 'checking', file: 'a', bytes: 1000, total: 100_000 });
});
