import { ACTIVATIONS, type ActivationName, sourcesOf } from '../gpt2/activations';
import type { Config } from '../gpt2/config';
import { headWidth } from '../gpt2/config';
import type { Sheet } from '../workbook/sheet';
import { Draft, type Place, part, refer } from './draft';
import { BODY, putFrame, tabs } from './frame';
import { putNorm } from './norm';
import type { ParameterPlaces } from './parameters';
import { putSection, type Section, type TokenColumn } from './section';
import { strings } from './strings';
import type { Trial } from './trial';

/** Where an activation's numbers are; of one with heads, the heads lie side by side. */
export type ActivationPlaces = Map<string, Place>;

/** What every sheet of the model's way needs to know. */
export interface Given {
  readonly config: Config;
  readonly parameters: ParameterPlaces;
  readonly tokens: TokenColumn;
  /** 1 for each row that has a token [room]. */
  readonly used: Place;
  readonly trial: Trial;
  readonly places: ActivationPlaces;
}

const MASK = '-1E10';

/** One block as a sheet: every activation of it, one under the other. `pre` is what enters it. */
export function blockSheet(given: Given, layer: number, pre: readonly [string, Place][], on: string): Sheet {
  const { config, parameters, tokens, trial, places } = given;
  const { n_head: H, n_embd: d, n_inner } = config;
  const dh = headWidth(config);
  const room = tokens.place.rows;
  const draft = new Draft(strings.names.block(layer));
  const back = layer === 0 ? strings.names.embedding : strings.names.block(layer - 1);
  putFrame(draft, strings.block.title(layer), strings.block.lead, { back, on });
  const own = (place: Place) => refer(place, draft.name);
  const used = own(given.used);
  const weight = (name: string) => parameters.get(`h.${layer}.${name}`) as Place;
  let row = BODY;

  /** Makes room for an activation, with links to where it comes from. */
  const begin = (name: ActivationName, more: Partial<Section> & { columns: number }) => {
    const { about, math, weights } = ACTIVATIONS[name];
    const from = [
      ...sourcesOf(name).flatMap((source) => {
        const place = places.get(`${source}.${layer}`);
        return place ? ([[source, place]] as const) : [];
      }),
      ...weights.map((given) => [`h.${layer}.${given}`, weight(given)] as const),
    ];
    const plain = strings.titles[name];
    const title = plain ? `${name}: ${plain}` : name;
    const { data, across, next } = putSection(draft, row, { title, about, math, from, ...more }, tokens);
    row = next;
    places.set(`${name}.${layer}`, data);
    return { data, across };
  };
  const heads = Array.from({ length: H }, (_, head) => head);
  const groups = heads.map((head) => strings.captions.head(head));
  const headOf = (place: Place, head: number) => {
    const width = place.columns / H;
    return part(place, 0, head * width, undefined, width);
  };

  const resid = begin('resid_pre', { columns: d, from: pre }).data;
  draft.fill(
    resid,
    pre.map(([, place]) => own(place)).join('+'),
    'activation',
    trial.rows('resid_pre', layer),
  );
  draft.shade(resid, 'diverging');

  const norm = (name: 'ln_1' | 'ln_2', of: Place, source: 'resid_pre' | 'resid_mid') => {
    const values = trial.rows(source, layer);
    const stats = putNorm(draft, row, { of, source, tokens, epsilon: config.layer_norm_epsilon, values });
    row = stats.next;
    const { data } = begin(name, { columns: d });
    draft.fill(
      data,
      stats.formula(own(weight(`${name}.weight`)), own(weight(`${name}.bias`)), used),
      'activation',
      trial.rows(name, layer),
    );
    draft.shade(data, 'diverging');
    return data;
  };
  const ln1 = norm('ln_1', resid, 'resid_pre');

  const [q, k, v] = (['q', 'k', 'v'] as const).map((name, third) => {
    const { data } = begin(name, { columns: d, groups });
    const [w, b] = ['attn.c_attn.weight', 'attn.c_attn.bias'].map((parameter) =>
      own(part(weight(parameter), 0, third * d, undefined, d)),
    );
    draft.fill(data, `(MMULT(${own(ln1)},${w})+${b})*${used}`, 'activation', trial.beside(name, layer));
    draft.shade(data, 'diverging');
    return data;
  }) as [Place, Place, Place];

  const { data: scores, across } = begin('attn_scores', { columns: H * room, groups, tokensAcross: true });
  const rowNumbers = draft.at(scores.top, 0, room);
  for (const head of heads) {
    const product = `MMULT(${own(headOf(q, head))},TRANSPOSE(${own(headOf(k, head))}))/SQRT(${dh})`;
    const seen = `(${own(headOf(across, head))}<=${own(rowNumbers)})*${used}`;
    draft.fill(
      headOf(scores, head),
      `IF(${seen},${product},${MASK})`,
      'score',
      trial.square('attn_scores', layer, head),
    );
    draft.shade(headOf(scores, head), 'diverging', true);
  }

  const sums = putSums(draft, row, scores, H, tokens, (head) => trial.square('attn_scores', layer, head));
  row = sums.next;
  const { data: pattern } = begin('pattern', { columns: H * room, groups, tokensAcross: true });
  for (const head of heads) {
    const [largest, sum] = [part(sums.data, 0, head, room, 1), part(sums.data, 0, H + head, room, 1)];
    draft.fill(
      headOf(pattern, head),
      `EXP(${own(headOf(scores, head))}-${own(largest)})/${own(sum)}*${used}`,
      'activation',
      trial.square('pattern', layer, head),
    );
    draft.shade(headOf(pattern, head), 'sequential');
  }

  const { data: z } = begin('z', { columns: d, groups });
  for (const head of heads) {
    const formula = `MMULT(${own(headOf(pattern, head))},${own(headOf(v, head))})`;
    draft.fill(headOf(z, head), formula, 'activation', trial.rows('z', layer, head));
  }
  draft.shade(z, 'diverging');

  const { data: result } = begin('result', { columns: H * d, groups });
  for (const head of heads) {
    const rows = part(weight('attn.c_proj.weight'), head * dh, 0, dh);
    const formula = `MMULT(${own(headOf(z, head))},${own(rows)})`;
    draft.fill(headOf(result, head), formula, 'activation', trial.rows('result', layer, head));
  }
  draft.shade(result, 'diverging');

  /** An activation as wide as the stream. */
  const stream = (name: ActivationName, formula: string) => {
    const { data } = begin(name, { columns: d });
    draft.fill(data, formula, 'activation', trial.rows(name, layer));
    draft.shade(data, 'diverging');
    return data;
  };
  const all = heads.map((head) => own(headOf(result, head))).join('+');
  const attnOut = stream('attn_out', `(${all}+${own(weight('attn.c_proj.bias'))})*${used}`);
  const mid = stream('resid_mid', `${own(resid)}+${own(attnOut)}`);
  const ln2 = norm('ln_2', mid, 'resid_mid');

  const hidden = (name: 'mlp_pre' | 'mlp_post', formula: string) => {
    const { data } = begin(name, { columns: n_inner });
    draft.fill(data, formula, 'activation', trial.rows(name, layer));
    draft.shade(data, 'diverging');
    return data;
  };
  const linear = (x: Place, name: string) =>
    `(MMULT(${own(x)},${own(weight(`mlp.${name}.weight`))})+${own(weight(`mlp.${name}.bias`))})*${used}`;
  const before = hidden('mlp_pre', linear(ln2, 'c_fc'));
  const x = own(before);
  const after = hidden('mlp_post', `0.5*${x}*(1+TANH(SQRT(2/PI())*(${x}+0.044715*${x}^3)))`);
  const mlpOut = stream('mlp_out', linear(after, 'c_proj'));
  stream('resid_post', `${own(mid)}+${own(mlpOut)}`);
  return draft.sheet({ rows: 1, columns: 2 }, tabs.stage);
}

/** For each row and head its largest score, and the sum of exp(score − largest). */
function putSums(
  draft: Draft,
  row: number,
  scores: Place,
  H: number,
  tokens: TokenColumn,
  values: (head: number) => Float64Array,
) {
  const heads = Array.from({ length: H }, (_, head) => head);
  const made = putSection(
    draft,
    row,
    {
      title: strings.block.sums,
      about: strings.block.sumsAbout,
      from: [['attn_scores', scores]],
      columns: 2 * H,
      captions: [...heads.map(strings.captions.largest), ...heads.map(strings.captions.sum)],
    },
    tokens,
  );
  const width = scores.columns / H;
  for (const head of heads) {
    const numbers = values(head);
    for (let t = 0; t < width; t++) {
      const [most, total] = largestAndSum(numbers.subarray(t * width, (t + 1) * width));
      const line = refer(part(scores, t, head * width, 1, width), draft.name);
      const largest = part(made.data, t, head, 1, 1);
      const [top, left] = [made.data.top + t, made.data.left];
      draft.put(top, left + head, `=MAX(${line})`, 'score', { result: most });
      const formula = `=SUMPRODUCT(EXP(${line}-${refer(largest, draft.name)}))`;
      draft.put(top, left + H + head, formula, 'activation', { result: total });
    }
  }
  return made;
}

/** The largest of some numbers, and Σ exp(number − largest). */
export function largestAndSum(numbers: Float64Array): readonly [largest: number, sum: number] {
  const largest = numbers.reduce((most, number) => Math.max(most, number), Number.NEGATIVE_INFINITY);
  return [largest, numbers.reduce((sum, number) => sum + Math.exp(number - largest), 0)];
}
