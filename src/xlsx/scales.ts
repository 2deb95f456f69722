import type { ConditionalRule } from 'hucre/xlsx';
import { palette } from '../workbook/looks';
import { farthestIn, LOWEST_SHADED, lowestIn } from '../workbook/shades';
import type { ColourScale, Stop } from '../workbook/sheet';
import { rgb } from './styles';

type Threshold = NonNullable<ConditionalRule['colorScale']>['cfvo'][number];

/**
 * A colour scale as rules of the file. Where `masked` numbers may occur, a rule before the scale gives them no colour
 * and ends there: beside them all others would look the same.
 */
export function rulesOf(scale: ColourScale, priority: number): ConditionalRule[] {
  const { range, low, middle, high, even, masked } = scale;
  const lowest = even ? `-${farthestIn(range)}` : masked ? lowestIn(range) : undefined;
  const stops: { threshold: Threshold; colour: string }[] = [
    { threshold: thresholdOf(low, lowest, 'min'), colour: low.colour },
    ...(middle === undefined ? [] : [{ threshold: at('0'), colour: middle }]),
    { threshold: thresholdOf(high, even ? farthestIn(range) : undefined, 'max'), colour: high.colour },
  ];
  const colours: ConditionalRule = {
    type: 'colorScale',
    priority: priority + 1,
    range,
    colorScale: {
      cfvo: stops.map(({ threshold }) => threshold),
      colors: stops.map(({ colour }) => `FF${rgb(colour)}`),
    },
  };
  if (!masked) return [colours];
  return [
    {
      type: 'cellIs',
      operator: 'lessThan',
      formula: String(LOWEST_SHADED),
      priority,
      range,
      stopIfTrue: true,
      style: { font: { color: { rgb: rgb(palette.line) } } },
    },
    colours,
  ];
}

const at = (value: string): Threshold => ({ type: 'num', value });

function thresholdOf({ at: given }: Stop, formula: string | undefined, end: 'min' | 'max'): Threshold {
  if (given !== undefined) return at(String(given));
  return formula === undefined ? { type: end } : at(formula);
}
