import type { ModelInfo } from '../src/rpc/protocol';
import { element } from './dom';
import type { Session } from './session';
import { bytes, count, strings } from './strings';

/** As much of a hash as tells models apart at a glance. */
const SHORT_HASH = 12;

/** Which model is open: what the pane shows above all of its views. */
export function modelCard(session: Session): HTMLElement {
  const name = element('p', { class: 'model-name' });
  const shape = element('p', { class: 'model-shape' });
  const show = () => {
    const { status, request } = session;
    const model = status.phase === 'ready' ? status.opened.model : undefined;
    name.textContent = model?.name ?? request.name;
    shape.textContent = model
      ? strings.model.shape(model.config.n_layer, model.config.n_head, model.config.n_embd)
      : '';
  };
  session.addEventListener('change', show);
  show();
  return element(
    'div',
    { class: 'model' },
    element('img', { class: 'model-icon', src: 'assets/icon.svg', alt: '', width: 32, height: 32 }),
    element('div', { class: 'model-title' }, name, shape),
  );
}

/** The open model's measures. */
export function modelFacts(session: Session): HTMLElement {
  const facts = element('dl', { class: 'facts' });
  const note = element('p', { class: 'note' }, strings.model.noTokenizer);
  const show = () => {
    const { status } = session;
    const model = status.phase === 'ready' ? status.opened.model : undefined;
    facts.replaceChildren(...(model ? factsOf(model) : []));
    facts.hidden = !model;
    note.hidden = !model || model.hasTokenizer;
  };
  session.addEventListener('change', show);
  show();
  return element('div', {}, facts, note);
}

function factsOf({ config, parameters, bytes: size, sha256 }: ModelInfo): HTMLElement[] {
  const words = strings.model;
  return [
    fact(words.parameters, count(parameters)),
    fact(words.context, words.tokens(config.n_positions)),
    fact(words.vocabulary, words.tokens(config.vocab_size)),
    fact(words.size, bytes(size)),
    fact(words.hash, sha256.slice(0, SHORT_HASH) || words.noHash, sha256),
  ];
}

/** A name and a value, for a `dl`. @param full the whole value, where the one shown is cut */
export const fact = (name: string, value: string, full?: string): HTMLElement =>
  element('div', {}, element('dt', {}, name), element('dd', { title: full || undefined }, value));
