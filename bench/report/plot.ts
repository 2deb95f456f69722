import type { Result } from '../results';
import { part, ratio } from './figures';

const [WIDTH, LABELS, LINE, TOP, RIGHT] = [880, 400, 22, 44, 70];
/** Beyond this a bar ends with an arrow. */
const MOST = 6;

/**
 * A bar for each demand: how many times its limit our figure is. Logarithmic, so that twice as fast is as long as
 * twice as slow; what ends left of the line holds.
 */
export function plot(rows: readonly Result[]): string {
  const bars = rows.flatMap(({ comparisons, proofs = [] }) =>
    comparisons
      .filter(({ holds }) => holds !== undefined)
      .map((one) => ({
        one,
        // Of several kinds the fastest: what ends left of it, no engine on ONNX Runtime can reach.
        products: Math.min(
          ...proofs
            .filter(
              ({ kind, what, against }) => kind !== 'between' && what === one.what && against === one.against,
            )
            .map(({ ratio, atMost }) => ratio.median / atMost),
        ),
      })),
  );
  const height = TOP + LINE * bars.length + 16;
  const place = (value: number) => {
    const clipped = Math.min(MOST, Math.max(1 / MOST, value));
    const unit = (WIDTH - LABELS - RIGHT) / (2 * Math.log(MOST));
    return LABELS + (Math.log(clipped) + Math.log(MOST)) * unit;
  };
  const ticks = [0.25, 0.5, 1, 2, 4].map(
    (tick) =>
      `<line x1="${place(tick)}" x2="${place(tick)}" y1="${TOP - 8}" y2="${height - 12}" class="${tick === 1 ? 'limit' : 'tick'}"/>` +
      `<text x="${place(tick)}" y="${TOP - 14}" text-anchor="middle" class="small">${tick === 1 ? 'limit' : `${tick} ×`}</text>`,
  );
  const drawn = bars.map(({ one, products }, i) => {
    const y = TOP + LINE * i;
    const [from, to] = [place(1), place(part(one))];
    const label = `${one.what}${one.against ? `, against ${one.against}` : ''}`;
    const least = products === Number.POSITIVE_INFINITY ? undefined : place(products);
    return (
      `<text x="${LABELS - 10}" y="${y + 14}" text-anchor="end">${escaped(label)}</text>` +
      `<rect x="${Math.min(from, to)}" y="${y + 3}" width="${Math.max(1, Math.abs(to - from))}" height="${LINE - 8}" class="${one.holds ? 'holds' : 'not'}"/>` +
      (least === undefined ? '' : `<path d="M${least} ${y + 1}v${LINE - 4}" class="products"/>`) +
      `<text x="${Math.max(from, to, least ?? 0) + 6}" y="${y + 14}" class="value">${ratio(part(one))}${one.holds ? '' : ' ✗'}</text>`
    );
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">`,
    '<title>Our figures as parts of what they may be</title>',
    '<style>',
    'text { font: 12px system-ui, sans-serif; fill: #1b1b1f } .small { font-size: 11px }',
    '.value { font-size: 11px; paint-order: stroke; stroke: #ffffff; stroke-width: 4px }',
    '.paper { fill: #ffffff } .tick { stroke: #d0d0d8 } .limit { stroke: #1b1b1f; stroke-width: 1.5 }',
    '.products { stroke: #1b1b1f; stroke-width: 3 }',
    '.holds { fill: #2f6fb5 } .not { fill: #c2571a }',
    '@media (prefers-color-scheme: dark) { text { fill: #e8e8ec } .paper { fill: #17171b } .value { stroke: #17171b } .tick { stroke: #3c3c46 }',
    '.limit, .products { stroke: #e8e8ec } .holds { fill: #6aa6e8 } .not { fill: #f09057 } }',
    '</style>',
    `<rect class="paper" width="${WIDTH}" height="${height}"/>`,
    '<text x="10" y="16">Ours ÷ what it may be: left of the line holds</text>',
    '<path d="M14 24v14" class="products"/><text x="22" y="35" class="small">ONNX Runtime’s matrix products alone</text>',
    ...ticks,
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
