import { farthestIn, LOWEST_SHADED } from '../../workbook/shades';
import type { ColourScale, Stop } from '../../workbook/sheet';

/** Gives cells a colour scale of Excel's own. @param cells their address without the sheet */
export function addScale(range: Excel.Range, cells: string, scale: ColourScale): Excel.ConditionalFormat {
  const { low, middle, high, even } = scale;
  const format = range.conditionalFormats.add('ColorScale');
  const farthest = farthestIn(cells);
  const stop = ({ colour, at }: Stop, side: string, extreme: 'LowestValue' | 'HighestValue') => {
    if (at !== undefined) return { type: 'Number' as const, formula: String(at), color: colour };
    return even
      ? { type: 'Formula' as const, formula: `=${side}${farthest}`, color: colour }
      : { type: extreme, color: colour };
  };
  format.colorScale.criteria = {
    minimum: stop(low, '-', 'LowestValue'),
    ...(middle !== undefined && { midpoint: { type: 'Number', formula: '0', color: middle } }),
    maximum: stop(high, '', 'HighestValue'),
  };
  return format;
}

/** Keeps masked numbers out of the colours: a rule before the scale, after which Excel stops. */
export function addMask(range: Excel.Range): Excel.ConditionalFormat {
  const format = range.conditionalFormats.add('CellValue');
  format.cellValue.rule = { operator: 'LessThan', formula1: `=${LOWEST_SHADED}` };
  format.stopIfTrue = true;
  format.priority = 0;
  return format;
}
