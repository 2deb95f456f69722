import type { Description } from '../../src/models/api';
import { button, element } from '../dom';
import { strings as shared } from '../strings';
import type { Collection } from './collection';
import { fitLine } from './fit-line';
import { strings } from './strings';

export interface Choices {
  readonly onUse: () => void;
  /** Missing where there is nothing to download. */
  readonly onDownload?: () => void;
  readonly onClose: () => void;
}

/** What a model is that was looked up, before anything of it is fetched. */
export function found(collection: Collection, description: Description, choices: Choices): HTMLElement {
  const { name, config, parameters, download, fetched } = description;
  const { onUse, onDownload, onClose } = choices;
  const make = (label: string, action: string, run: () => void, more = {}) =>
    button(label, { size: 'small', 'data-action': action, ...more }, run);
  return element(
    'div',
    { class: 'library-found', role: 'group', 'aria-label': strings.more.found(name) },
    element('p', { class: 'library-name', tabindex: -1 }, name),
    element('p', {}, shared.model.shape(config.n_layer, config.n_head, config.n_embd)),
    element('p', {}, strings.more.sizes(parameters, download, fetched)),
    fitLine(collection, config),
    element(
      'div',
      { class: 'library-actions' },
      make(strings.actions.use, 'use', onUse, { appearance: 'primary' }),
      ...(onDownload ? [make(strings.actions.download, 'download', onDownload)] : []),
      make(strings.more.close, 'close', onClose, { appearance: 'subtle' }),
    ),
  );
}
