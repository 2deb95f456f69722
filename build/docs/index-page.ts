import type { FormulaGroup } from '../../src/catalogue/catalogue';
import { argumentsOf } from '../../src/catalogue/formula';
import type { Config } from '../../src/gpt2/config';
import { NAMESPACE } from '../../src/namespace';
import { besides, escaped } from './html';
import { letterTable, MODEL_LETTERS } from './letters';
import { strings } from './strings';

const words = strings.index;

/** The text of the page that lists all formulas by stage. */
export function indexPage(groups: readonly FormulaGroup[], config: Config): string {
  const count = groups.reduce((sum, { formulas }) => sum + formulas.length, 0);
  return `<h1>${words.heading}</h1>
<p class="lead">${words.lead}</p>
<p>${words.count(count)}</p>
${groups
  .map(
    (
      { title, formulas },
      i,
    ) => `<section aria-labelledby="group-${i}"><h2 id="group-${i}">${escaped(title)}</h2>
<dl class="list">${formulas
      .map(
        (
          info,
        ) => `<dt><a href="${besides(info.id)}"><code>${NAMESPACE}.${info.id}</code></a><code><wbr>${escaped(argumentsOf(info))}</code></dt>
<dd>${escaped(firstSentence(info.description))}</dd>`,
      )
      .join('\n')}</dl></section>`,
  )
  .join('\n')}
<section aria-labelledby="input"><h2 id="input">${words.inputHeading}</h2>
${words.input.map((paragraph) => `<p>${escaped(paragraph)}</p>`).join('\n')}
</section>
<section aria-labelledby="letters"><h2 id="letters">${words.countingHeading}</h2>
<p>${escaped(words.counting)}</p>
${letterTable(MODEL_LETTERS, config)}
</section>`;
}

const firstSentence = (text: string): string => /^.*?[.!?](?=\s+\p{Lu}|$)/u.exec(text)?.[0] ?? text;
