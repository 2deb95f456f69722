import type { ScaleContinuousNumeric } from 'd3-scale';
import { count } from '../strings';
import { words } from './strings';
import { svg } from './svg';

type Axis = ScaleContinuousNumeric<number, number>;

/** A part of the picture, in pixels from its top. */
export interface Panel {
  readonly top: number;
  readonly height: number;
}

interface Frame {
  readonly x: Axis;
  readonly yStream: Axis;
  readonly yAdded: Axis;
  readonly stream: Panel;
  readonly added: Panel;
  readonly layers: number;
  readonly width: number;
  readonly left: number;
  readonly logScale: boolean;
}

/** From one number along the layers to the next there are at least so many pixels. */
const APART = 22;

/** Everything around the lines and bars: titles, axes, their numbers, and a texture for the MLP's bars. */
export function normsFrame(frame: Frame): SVGElement[] {
  const { x, yStream, yAdded, stream, added, layers, logScale, left } = frame;
  const scale = logScale ? words.norms.logarithmic : '';
  const every = Math.ceil(APART / (x(1) - x(0)));
  const numbered = Array.from({ length: layers }, (_, layer) => layer).filter((layer) => layer % every === 0);
  const bottom = (panel: Panel) => panel.top + panel.height + 16;
  const under = (text: string, at: number, panel: Panel) =>
    svg('text', { x: x(at), y: bottom(panel), class: 'tick-below' }, text);
  const title = (text: string, panel: Panel) =>
    svg('text', { x: 0, y: panel.top - 8, class: 'panel-title' }, text);
  return [
    texture(),
    title(words.norms.stream + scale, stream),
    title(words.norms.added + scale, added),
    ...lines(frame, yStream, 4),
    ...lines(frame, yAdded, 3),
    // "end" stands at the right edge; a number too near would run into it.
    ...numbered
      .filter((layer) => x(layers) - x(layer) > APART)
      .map((layer) => under(String(layer), layer, stream)),
    under(words.norms.end, layers, stream),
    ...numbered.map((layer) => under(String(layer), layer + 0.5, added)),
    ...[stream, added].map((panel) =>
      svg('text', { x: left - 8, y: bottom(panel), class: 'tick-side' }, words.norms.layers),
    ),
  ];
}

/** Thin lines across, with their numbers at the left. */
function lines({ width, left, logScale }: Frame, y: Axis, most: number): SVGElement[] {
  const [from = 0, to = 1] = y.domain();
  // A logarithmic scale offers ten ticks for each power of ten, and may have none of those alone.
  const ticks = logScale ? thinned(y.ticks(most), most) : y.ticks(most);
  return ticks
    .filter((tick) => tick >= from && tick <= to)
    .flatMap((tick) => [
      svg('line', { class: 'tick-line', x1: left, x2: width, y1: y(tick), y2: y(tick) }),
      svg(
        'text',
        { class: 'tick-side', x: left - 8, y: y(tick) + 4 },
        tick < 10000 ? String(tick) : `${count(tick / 1000)}k`,
      ),
    ]);
}

const thinned = (ticks: readonly number[], most: number): number[] => {
  const every = Math.ceil(ticks.length / most);
  return ticks.filter((_, i) => i % every === 0);
};

/** Slanted lines: the MLP's bars are told from attention's without their colour. */
const texture = () =>
  svg(
    'defs',
    {},
    svg(
      'pattern',
      { id: 'slanted', width: 4, height: 4, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      svg('rect', { width: 1.75, height: 4, class: 'slanted' }),
    ),
  );
