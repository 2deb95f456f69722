import type { ConditionalRule } from 'hucre';
import { area } from '../../../src/workbook/address';
import { LOWEST_SHADED } from '../../../src/workbook/shades';
import type { ColourScale, Stop } from '../../../src/workbook/sheet';
import { rgbForFile } from './style';

type Cfvo = NonNullable<ConditionalRule['colorScale']>['cfvo'][number];

/**
 * Colour scales as conditional formats. Of several over one cell the first counts, here as there.
 *
 * @param masked Whether a range holds numbers that stand for what a token may not see.
 */
export function scalesForFile(
  scales: readonly ColourScale[],
  masked: (range: string) => boolean,
): ConditionalRule[] {
  return scales
    .flatMap((scale) => (masked(scale.range) ? [mask(scale.range), scaleRule(scale)] : [scaleRule(scale)]))
    .map((rule, index) => ({ ...rule, priority: index + 1 }));
}

/** The colour scales among conditional formats, and whether there are others. */
export function scalesFromFile(rules: readonly ConditionalRule[]): { scales: ColourScale[]; others: number } {
  const inOrder = [...rules].sort((a, b) => a.priority - b.priority);
  const foreign = inOrder.filter((rule) => !isMask(rule));
  const scales = foreign.flatMap((rule) => scalesOf(rule));
  return { scales, others: foreign.filter((rule) => scalesOf(rule).length === 0).length };
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

function scaleRule(scale: ColourScale): ConditionalRule {
  const { range, low, middle, high, even } = scale;
  const farthest = farthestIn(range);
  const end = (stop: Stop, open: 'min' | 'max', sign: string): Cfvo => {
    if (stop.at !== undefined) return { type: 'num', value: String(stop.at) };
    // A formula is a kind of stop in the format, and not among the library's types.
    return even ? ({ type: 'formula', value: `${sign}${farthest}` } as unknown as Cfvo) : { type: open };
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

/** How far the number farthest from 0 is from it, without what is masked; the other end comes to lie as far. */
function farthestIn(range: string): string {
  const all = range.replace(/([A-Z]+)(\d+)/g, '$$$1$$$2');
  return `MAX(MAX(${all}),-_xlfn.MINIFS(${all},${all},">=${LOWEST_SHADED}"))`;
}

/** One for each of its ranges; none, if ours cannot say the same. */
function scalesOf({ type, colorScale, range }: ConditionalRule): ColourScale[] {
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
  return range.split(' ').flatMap((each) =>
    isArea(each)
      ? {
          range: each,
          ...ends,
          ...(cfvo.length === 3 && { middle: named[1] as string }),
          ...(even && { even }),
        }
      : [],
  );
}

const stop = (colour: string | undefined, at: number | undefined): Stop => ({
  colour: colour ?? '#FFFFFF',
  ...(at !== undefined && { at }),
});

function stopFrom({ type, value }: Cfvo): { at?: number; even: boolean } | undefined {
  if (type === 'min' || type === 'max') return { even: false };
  if (type === 'num' && value !== undefined && Number.isFinite(Number(value)))
    return { at: Number(value), even: false };
  const ours = (type as string) === 'formula' && /^-?MAX\(MAX\(/.test(value ?? '');
  return ours ? { even: true } : undefined;
}

function isArea(range: string): boolean {
  try {
    return Boolean(area(range));
  } catch {
    return false;
  }
}
