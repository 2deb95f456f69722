import { ACTIVATIONS } from '../gpt2/activations';
import type { Sheet } from '../workbook/sheet';
import type { Given } from './block';
import { Draft, type Place, part, refer } from './draft';
import { BODY, putFrame, tabs } from './frame';
import { putSection } from './section';
import { strings } from './strings';

/** The embeddings of tokens and places. `ids` are the token ids [room]. */
export function embeddingSheet(
  { config, parameters, tokens, used, trial, places }: Given,
  ids: Place,
): Sheet {
  const draft = new Draft(strings.names.embedding);
  putFrame(draft, strings.embedding.title, strings.embedding.lead, {
    back: strings.names.tokens,
    on: strings.names.block(0),
  });
  const own = (place: Place) => refer(place, draft.name);
  const wte = parameters.get('wte.weight') as Place;
  const wpe = parameters.get('wpe.weight') as Place;
  const room = tokens.place.rows;
  const d = config.n_embd;

  const embed = putSection(
    draft,
    BODY,
    {
      title: 'embed',
      about: ACTIVATIONS.embed.about,
      math: ACTIVATIONS.embed.math,
      from: [
        ['ids', ids],
        ['wte.weight', wte],
      ],
      columns: d,
    },
    tokens,
  );
  const values = trial.rows('embed');
  for (let t = 0; t < room; t++) {
    const [id, is] = [own(part(ids, t, 0, 1, 1)), own(part(used, t, 0, 1, 1))];
    draft.fill(
      part(embed.data, t, 0, 1),
      `IF(${is}=1,INDEX(${own(wte)},${id}+1,0),0)`,
      'activation',
      values.subarray(t * d, (t + 1) * d),
    );
  }
  draft.shade(embed.data, 'diverging');

  const position = putSection(
    draft,
    embed.next,
    {
      title: 'pos_embed',
      about: ACTIVATIONS.pos_embed.about,
      math: ACTIVATIONS.pos_embed.math,
      from: [['wpe.weight', wpe]],
      columns: d,
    },
    tokens,
  );
  draft.fill(
    position.data,
    `${own(part(wpe, 0, 0, room))}*${own(used)}`,
    'activation',
    trial.rows('pos_embed'),
  );
  draft.shade(position.data, 'diverging');
  places.set('embed', embed.data);
  places.set('pos_embed', position.data);
  return draft.sheet({ rows: 1, columns: 2 }, tabs.stage);
}
