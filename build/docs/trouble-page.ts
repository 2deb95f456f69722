import { NAMESPACE } from '../../src/namespace';
import { escaped } from './html';
import { strings } from './strings';
import { troubles } from './troubles';

/** The text of the page on errors. @param noModel what a formula says while no model is open */
export function troublePage(noModel: { code: string; message: string }): string {
  return `<h1>${strings.trouble}</h1>
<p class="lead">${troubles.lead}</p>
${troubles
  .sections(NAMESPACE, noModel)
  .map(
    ({ id, heading, paragraphs }) => `<section aria-labelledby="${id}"><h2 id="${id}">${escaped(heading)}</h2>
${paragraphs.map((paragraph) => `<p>${marked(paragraph)}</p>`).join('\n')}
</section>`,
  )
  .join('\n')}`;
}

/** Text with `code` in backquotes. */
const marked = (text: string): string => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');
