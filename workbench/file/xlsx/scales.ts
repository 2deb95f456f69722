import type { ConditionalRule } from 'hucre';
import { type Area, area } from '../../../src/workbook/address';
import { farthestIn, LOWEST_SHADED, lowestIn } from '../../../src/workbook/shades';
import type { ColourScale, Stop } from '../../../src/workbook/sheet';
import type { Value } from './book';
import { rgbForFile } from './style';
import { unmaskedIn } from './unmasked';

type Cfvo = NonNullable<ConditionalRule['colorScale']>['cfvo'][number];

/**
 * Colour scales as conditional formats. Of several over one cell the first counts, here as there.
 *
 * @param valueAt The value of a cell, by row and column from 0.
 */
export function scalesForFile(
  scales: readonly ColourScale[],
  valueAt: (row: number, column: number) => Value | undefined,
): ConditionalRule[] {
  return scales
    .flatMap((scale) => {
      const parts = unmaskedIn(scale.range, valueAt);
      return parts
        ? [mask(scale.range), { ...scaleRule(scale, true), range: parts.join(' ') }]
        : [scaleRule(scale)];
    })
    .map((rule, index) => ({ ...rule, priority: index + 1 }));
}

/** The colour scales among conditional formats, and whether there are others. */
export function scalesFromFile(rules: readonly ConditionalRule[]): { scales: ColourScale[]; others: number } {
  const inOrder = [...rules].sort((a, b) => a.priority - b.priority);
  const found = inOrder.flatMap((rule, place) => {
    const before = inOrder[place - 1];
    return isMask(rule) ? [] : [scalesOf(rule, before && isMask(before) ? before.range : undefined)];
  });
  return { scales: found.flat(), others: found.filter((scales) => scales.length === 0).length };
}

/** Excel stops after this rule, so that the numbers it fits have no colour. */
const mask = (range: string): ConditionalRule => ({
  type: 'cellIs',
  operator: 'lessThan',
  formula: String(LOWEST_SHADED),
  stopIfTrue: true,
  priority: 1,
  range,
});

const isMask = ({ type, operator, formula }: ConditionalRule) =>
  type === 'cellIs' && operator === 'lessThan' && Number(formula) === LOWEST_SHADED;

/** @param masked whether the range holds numbers that stand for what a token may not see */
function scaleRule(scale: ColourScale, masked = false): ConditionalRule {
  const { range, low, middle, high, even } = scale;
  const end = (stop: Stop, open: 'min' | 'max', sign: string): Cfvo => {
    if (stop.at !== undefined) return { type: 'num', value: String(stop.at) };
    if (even) return formula(sign + farthestIn(range));
    return masked && open === 'min' ? formula(lowestIn(range)) : { type: open };
  };
  const colours = middle === undefined ? [low.colour, high.colour] : [low.colour, middle, high.colour];
  return {
    type: 'colorScale',
    priority: 1,
    range,
    colorScale: {
      cfvo: [
        end(low, 'min', '-'),
        ...(middle === undefined ? [] : [{ type: 'num', value: '0' } as const]),
        end(high, 'max', ''),
      ],
      colors: colours.map((colour) => `FF${rgbForFile(colour) ?? 'FFFFFF'}`),
    },
  };
}

/** A formula is a kind of stop in the format, and not among the library's types. */
const formula = (value: string) => ({ type: 'formula', value }) as unknown as Cfvo;

/** One for each of its ranges; none, if ours cannot say the same. @param masked the range of a mask before the rule */
function scalesOf({ type, colorScale, range }: ConditionalRule, masked: string | undefined): ColourScale[] {
  if (type !== 'colorScale' || !colorScale) return [];
  const { cfvo, colors } = colorScale;
  const [first, second, third] = cfvo.map((stop) => stopFrom(stop));
  const [low, middle, high] = cfvo.length === 3 ? [first, second, third] : [first, undefined, second];
  const named = colors.map((colour) =>
    colour.length >= 6 ? `#${colour.slice(-6).toUpperCase()}` : undefined,
  );
  if (!low || !high || named.some((colour) => colour === undefined) || named.length !== cfvo.length)
    return [];
  if (cfvo.length === 3 && middle?.at !== 0) return [];
  const even = low.even && high.even;
  if (low.even !== high.even) return [];
  const ends = { low: stop(named[0], low.at), high: stop(named.at(-1), high.at) };
  return wholeOf(range.split(' '), masked).map((each) => ({
    range: each,
    ...ends,
    ...(cfvo.length === 3 && { middle: named[1] as string }),
    ...(even && { even }),
  }));
}

/** The range of the mask before a scale, if the scale's own are parts of it: what they leave out is masked. */
function wholeOf(ranges: readonly string[], masked = ''): readonly string[] {
  const own = ranges.filter((range) => areaIn(range));
  const whole = areaIn(masked);
  const isPart = (range: string) => {
    const part = areaIn(range);
    return Boolean(whole && part && within(part, whole));
  };
  return own.length > 0 && own.every(isPart) ? [masked] : own;
}

const stop = (colour: string | undefined, at: number | undefined): Stop => ({
  colour: colour ?? '#FFFFFF',
  ...(at !== undefined && { at }),
});

/** What one of our stops says. Either kind may be a formula. */
function stopFrom({ type, value = '' }: Cfvo): { at?: number; even: boolean } | undefined {
  if (type === 'min' || type === 'max') return { even: false };
  if (type === 'num' && value !== '' && Number.isFinite(Number(value)))
    return { at: Number(value), even: false };
  if (type !== 'num' && (type as string) !== 'formula') return undefined;
  if (FARTHEST.test(value)) return { even: true };
  return LOWEST.test(value) ? { even: false } : undefined;
}

/** Earlier versions had other functions for the lowest number. */
const FARTHEST = /^-?MAX\(MAX\([$A-Z\d:]+\),-(?:IFERROR\(SMALL|MIN|(?:_xlfn\.)?MINIFS)\(.*\)\)$/i;
const LOWEST = /^IFERROR\(SMALL\([$A-Z\d:]+,COUNTIF\(.*\)\+1\),0\)$/i;

const within = (part: Area, whole: Area) =>
  part.top >= whole.top &&
  part.bottom <= whole.bottom &&
  part.left >= whole.left &&
  part.right <= whole.right;

function areaIn(range: string): Area | undefined {
  try {
    return area(range);
  } catch {
    return undefined;
  }
}
