import { cell as cells, type Markish, plot, raster, text } from '@observablehq/plot';
import {
  type Attention,
  attentionInsertion,
  attentionTable,
  describeWeight,
  headControls,
  readAttention,
  strongest,
  weightAt,
} from './attention';
import { CellFrame, MARGIN } from './cell-frame';
import { colourScale, isLight, type Scale, step } from './colours';
import { type Bands, bandScale, Edge, lengthOf } from './edge';
import { widthOf } from './labels';
import { legend } from './legend';
import { currentScale } from './page-theme';
import type { Drawing, Picture, Place } from './picture';
import { UPON_PIXELS } from './pixels';
import { words } from './strings';

/** How small and how large a cell may be, in pixels, and from what size on its weight is written into it. */
const SMALLEST = 14;
const LARGEST = 44;
const WRITTEN = 26;
/** A map of more tokens than these is one image: pages become slow with many thousands of cells. */
const MOST_CELLS = 64;

/** The attention of one head, token by token. */
export const heatmap: Picture = {
  controls: headControls,
  load: async (ask) => {
    const attention = await readAttention(ask);
    return (_, width) => draw(attention, width);
  },
};

function draw(attention: Attention, width: number): Drawing {
  const { reading, layer, head } = attention;
  const { tokens } = reading;
  const T = tokens.length;
  const side = widthOf(tokens, 60, 92);
  const cell = Math.max(SMALLEST, Math.min(LARGEST, Math.floor((width - side - MARGIN) / T)));
  const bands = { count: T, cell, gap: 0 };
  const scale = currentScale();
  const frame = new CellFrame({
    css: 'heatmap',
    corner: [words.attention.to, words.attention.from],
    top: new Edge({ edge: 'top', names: tokens, bands, room: side, upright: true }),
    side: new Edge({ edge: 'side', names: tokens, bands, room: side }),
    field: [T <= MOST_CELLS ? cellMap(attention, bands, scale) : image(attention, bands, scale)],
    sizes: { side, top: side },
  });
  return {
    label: words.attention.label(layer, head, T),
    caption: T === 1 ? words.attention.one : words.attention.map(layer, head),
    body: frame.body,
    legend: legend(scale),
    rows: T,
    columns: (row) => row + 1,
    start: strongest(attention, T - 1),
    describe: (place) => describeWeight(attention, place),
    mark: (place) => frame.mark(place),
    at(event) {
      const place = frame.at(event);
      return place && place.column <= place.row ? place : undefined;
    },
    insertion: () => attentionInsertion(reading, layer, head),
    table: () => attentionTable(attention),
  };
}

/** A map's plot, without margins. */
const mapOf = (bands: Bands, scale: Scale, x: object, y: object, marks: Markish[]): Element =>
  plot({
    className: 'plot',
    width: lengthOf(bands),
    height: lengthOf(bands),
    margin: 0,
    x,
    y,
    color: colourScale(scale),
    marks,
  });

/** A cell for each weight, with the weight in hundredths where there is room: ".52". The future stays clear. */
function cellMap(attention: Attention, bands: Bands, scale: Scale): Element {
  const places: Place[] = [];
  for (let row = 0; row < bands.count; row++) {
    for (let column = 0; column <= row; column++) places.push({ row, column });
  }
  const at = { x: 'column', y: 'row' };
  const weight = (place: Place) => weightAt(attention, place);
  const onLight = (place: Place) => isLight(scale[step(weight(place))] ?? [0, 0, 0]);
  const figures = text(
    places.filter((place) => weight(place) >= 0.005),
    {
      ...at,
      text: (place: Place) => weight(place).toFixed(2).replace(/^0/, ''),
      fill: (place: Place) => (onLight(place) ? '#000' : '#fff'),
      className: 'map-figures',
    },
  );
  const band = bandScale(bands);
  return mapOf(bands, scale, band, band, [
    cells(places, { ...at, fill: weight }),
    bands.cell >= WRITTEN ? figures : null,
  ]);
}

/**
 * A point for each weight, which the page enlarges. The future stays clear. The raster asks for its points one by one:
 * a million weights handed over as data would be gone through many times.
 */
function image({ weights }: Attention, bands: Bands, scale: Scale): Element {
  const T = bands.count;
  const fill = (x: number, y: number): number => {
    const [column, row] = [Math.floor(x), Math.floor(y)];
    return column <= row ? (weights[row * T + column] as number) : Number.NaN;
  };
  const axis = { type: 'linear', domain: [0, T], axis: null };
  return mapOf(bands, scale, axis, { ...axis, domain: [T, 0] }, [
    raster({
      ...{ x1: 0, x2: T, y1: 0, y2: T, width: T, height: T, fill },
      ...{ imageRendering: 'pixelated', dx: UPON_PIXELS, dy: UPON_PIXELS },
    }),
  ]);
}
