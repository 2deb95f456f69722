import type { ModelRef } from '../../src/models/api';
import { memoryNeed } from '../../src/models/memory';
import { fact } from '../model-card';
import { bytes, count, strings as shared } from '../strings';
import type { Entry } from './entry';
import { strings } from './strings';

/** What is known of a model: a name and a value each. */
export function factsOf({ ref, state, config, parameters, download, licence, stored }: Entry): HTMLElement[] {
  const words = strings.facts;
  const facts = [
    fact(words.parameters, parameters === undefined ? words.unknown : count(parameters)),
    fact(words.memory, config ? bytes(memoryNeed(config).total) : words.unknown),
  ];
  if (config) {
    const { n_layer, n_head, n_embd } = config;
    facts.unshift(wide(fact(words.shape, shared.model.shape(n_layer, n_head, n_embd))));
  }
  if (state !== 'builtIn' && state !== 'local') {
    facts.push(fact(words.download, download === undefined ? words.unknown : bytes(download)));
  }
  if (stored) facts.push(fact(words.here, words.some(stored.bytes, stored.total)));
  facts.push(wide(fact(words.from, state === 'builtIn' ? words.builtIn : placeName(ref))));
  if (licence) facts.push(fact(words.licence, licence));
  return facts;
}

function placeName(ref: ModelRef): string {
  if (ref.kind === 'hub') return ref.revision === undefined ? ref.id : `${ref.id}@${ref.revision}`;
  return ref.kind === 'url' ? ref.url : strings.facts.folder;
}

/** One that may be longer than half of a row. */
function wide(made: HTMLElement): HTMLElement {
  made.classList.add('library-wide');
  return made;
}
