import type { Config } from '../../src/gpt2/config';
import { element, icon } from '../dom';
import { sentenceOf } from '../sentence';
import type { Collection } from './collection';
import { strings } from './strings';
import { bestFit } from './verdict';

/** Whether this device can hold a model: the best verdict in a line, the reason for each when asked. */
export function fitLine(collection: Collection, config: Config): HTMLElement {
  const words = strings.fit;
  const box = element('div', { class: 'library-fit' }, words.asking);
  collection.fits(config).then(
    (fits) => {
      const best = bestFit(fits);
      if (!best) return;
      const reasons = fits.map((fit) =>
        element('li', {}, element('b', {}, words.reason(fit)), ' ', fit.reason),
      );
      box.replaceChildren(
        element(
          'details',
          {},
          element(
            'summary',
            {},
            words.line(best),
            ' ',
            element('span', { class: 'library-why' }, icon('chevron'), words.why),
          ),
          element('ul', {}, ...reasons),
        ),
      );
    },
    (error) => box.replaceChildren(sentenceOf(error, words.failed)),
  );
  return box;
}
