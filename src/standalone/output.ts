import { ACTIVATIONS } from '../gpt2/activations';
import type { Sheet } from '../workbook/sheet';
import type { Given } from './block';
import { largestAndSum } from './block';
import { Draft, type Place, part, refer } from './draft';
import { BODY, DATA, putFrame, tabs } from './frame';
import { putNorm } from './norm';
import { putText } from './parameters';
import { putSection } from './section';
import { strings } from './strings';

/** Where the next token's logits and probabilities are [V], with ids and texts beside them. */
export interface OutputPlaces {
  readonly ids: Place;
  readonly texts: Place;
  readonly probabilities: Place;
  readonly logits: Place;
}

/**
 * The last LayerNorm, all logits, and the probabilities of the next token.
 * @param texts every token of the vocabulary as people can read it [V]
 */
export function outputSheet(
  { config, parameters, tokens, used, trial, places }: Given,
  count: Place,
  texts: readonly string[],
): { readonly sheet: Sheet; readonly output: OutputPlaces } {
  const { n_layer, n_embd: d, vocab_size: V } = config;
  const draft = new Draft(strings.names.output);
  const words = strings.output;
  putFrame(draft, words.title, words.lead, { back: strings.names.block(n_layer - 1) });
  const own = (place: Place) => refer(place, draft.name);
  const weight = (name: string) => parameters.get(name) as Place;
  const source = places.get(`resid_post.${n_layer - 1}`) as Place;

  const stats = putNorm(draft, BODY, {
    of: source,
    source: 'resid_post',
    tokens,
    epsilon: config.layer_norm_epsilon,
    values: trial.rows('resid_post', n_layer - 1),
  });
  const final = putSection(
    draft,
    stats.next,
    {
      title: 'ln_final',
      about: ACTIVATIONS.ln_final.about,
      math: ACTIVATIONS.ln_final.math,
      from: [
        ['resid_post', source],
        ['ln_f.weight', weight('ln_f.weight')],
        ['ln_f.bias', weight('ln_f.bias')],
      ],
      columns: d,
    },
    tokens,
  );
  draft.fill(
    final.data,
    stats.formula(own(weight('ln_f.weight')), own(weight('ln_f.bias')), own(used)),
    'activation',
    trial.rows('ln_final'),
  );
  draft.shade(final.data, 'diverging');
  places.set('ln_final', final.data);

  // Logits stand upright: vocabularies are longer than sheets are wide.
  const row = final.next;
  const head = weight('lm_head.weight');
  const room = tokens.place.rows;
  draft.height(row, 30);
  draft.put(row, 1, 'logits', 'heading');
  draft.put(row + 1, 1, `${ACTIVATIONS.logits.about} ${words.logitsAbout}`, 'text');
  draft.put(row + 2, 1, `${ACTIVATIONS.logits.math}; ${words.probabilityMath}`, 'hint');
  draft.put(row + 3, 1, strings.captions.from, 'hint');
  draft.link(row + 3, DATA, 'ln_final', final.data);
  draft.link(row + 3, DATA + 4, head.sheet === 'wte' ? 'wte.weight' : 'lm_head.weight', head);
  const header = row + 6;
  const first = header + 2;
  const columns = { probability: DATA, logit: DATA + 1, logits: DATA + 3 };
  const logits = draft.at(first, columns.logits, V, room);
  const last = draft.at(first, columns.logit, V);
  const largest = draft.at(row + 5, columns.logit);
  const sum = draft.at(row + 6, columns.logit);
  const values = trial.logits();
  const T = trial.ids.length;
  const lastLogits = Float64Array.from({ length: V }, (_, id) =>
    T === 0 ? 0 : (values[id * room + T - 1] as number),
  );
  const [most, total] = largestAndSum(lastLogits);
  draft.width(DATA, 84);
  draft.put(row + 5, 1, words.largest, 'hint');
  draft.put(row + 5, columns.logit, `=MAX(${own(last)})`, 'activation', { result: most });
  draft.put(row + 6, 1, words.sum, 'hint');
  draft.put(row + 6, columns.logit, `=SUMPRODUCT(EXP(${own(last)}-${own(largest)}))`, 'activation', {
    result: total,
  });
  draft.put(header + 1, 0, strings.captions.id, 'captionOfPositions');
  draft.put(header + 1, 1, strings.captions.token, 'caption');
  draft.put(header + 1, columns.probability, strings.captions.probability, 'captionOfNumbers');
  draft.put(header + 1, columns.logit, strings.captions.logit, 'captionOfNumbers');
  for (let t = 0; t < room; t++) {
    draft.put(header, columns.logits + t, t, 'captionOfNumbers');
    const cell = own(part(tokens.place, t, 0, 1, 1));
    draft.put(header + 1, columns.logits + t, `=${cell}`, 'spareTokenAcross', {
      result: tokens.texts[t] || 0,
    });
  }
  draft.fill(logits, `MMULT(${own(head)},TRANSPOSE(${own(final.data)}))`, 'activation', values);
  draft.shade(logits, 'diverging');
  places.set('logits', logits);
  for (let id = 0; id < V; id++) {
    const at = first + id;
    const logit = lastLogits[id] as number;
    draft.put(at, 0, id, 'position');
    putText(draft, at, 1, texts[id] ?? String(id), 'token');
    const all = own(part(logits, id, 0, 1));
    draft.put(at, columns.logit, `=IF(${own(count)}=0,0,INDEX(${all},1,${own(count)}))`, 'activation', {
      result: logit,
    });
    const mine = own(part(last, id, 0, 1, 1));
    draft.put(at, columns.probability, `=EXP(${mine}-${own(largest)})/${own(sum)}`, 'probability', {
      result: Math.exp(logit - most) / total,
    });
  }
  draft.shade(draft.at(first, columns.probability, V), 'sequential');
  return {
    sheet: draft.sheet({ rows: 1, columns: 2 }, tabs.stage),
    output: {
      ids: draft.at(first, 0, V),
      texts: draft.at(first, 1, V),
      probabilities: draft.at(first, columns.probability, V),
      logits: last,
    },
  };
}
