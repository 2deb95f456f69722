import { factsOf, mathOf } from '../../src/catalogue/facts';
import { activationNamesOf, argumentsOf } from '../../src/catalogue/formula';
import { neighboursOf } from '../../src/catalogue/neighbours';
import { ACTIVATIONS } from '../../src/gpt2/activations';
import type { Config } from '../../src/gpt2/config';
import { NAMESPACE } from '../../src/namespace';
import type { CallableInfo } from './call';
import type { Example } from './example';
import { besides, code, escaped, linked, linkTo, scroller } from './html';
import { lettersOf, letterTable, sizesOf, times } from './letters';
import type { CustomEnum } from './metadata';
import type { Refusal } from './refusals';
import { resultTable } from './result-table';
import { strings } from './strings';

const words = strings.page;

/** Everything that there is to say about one formula. */
export interface FormulaText {
  readonly info: CallableInfo;
  /** What it gives, as its JSDoc says. */
  readonly returns: string;
  readonly example: Example;
  readonly refusals: readonly Refusal[];
  readonly enums: readonly CustomEnum[];
  readonly config: Config;
  readonly ids: ReadonlySet<string>;
  /** The formulas before and after it in the catalogue. */
  readonly previous?: string;
  readonly next?: string;
}

/** The text of a formula's page. */
export function formulaPage(text: FormulaText): string {
  const { info, ids } = text;
  return `<h1><code>${NAMESPACE}.${info.id}<wbr>${escaped(argumentsOf(info))}</code></h1>
<p class="lead">${linked(info.description, ids, info.id)}</p>
${section('gives', words.shows, gives(text))}
${section('math', words.math, mathematics(info.id))}
${section('parameters', words.parameters, parameters(text))}
${section('example', words.example, example(text))}
${section('errors', words.errors, errors(text))}
${section('neighbours', words.neighbours, neighbours(info.id))}
${pager(text)}`;
}

const section = (id: string, heading: string, content: string): string =>
  `<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>
${content}
</section>`;

function gives({ info, returns, example, config, ids }: FormulaText): string {
  const { gives: shape } = factsOf(info.id);
  const names = activationNamesOf(info.id);
  const size = [example.rows.length, example.rows[0]?.length ?? 0];
  const inNumbers = size.join() === '1,1' && shape.join() === '1,1';
  const shapeText = inNumbers
    ? words.oneCell
    : words.shapeInExample(code(times(shape)), escaped(times(size)));
  const lines = [
    `<dt>${words.shape}</dt><dd>${shapeText}</dd>`,
    ...names.map((name) => {
      const activation = ACTIVATIONS[name];
      const weights = activation.weights.length
        ? `<br>${words.weights}: ${activation.weights.map((weight) => code(weight)).join(', ')}`
        : '';
      const part =
        activation.shape[0] === 'H'
          ? `; ${words.ofOneHead}`
          : name === 'logits'
            ? `; ${words.ofOnePosition}`
            : '';
      return `<dt>${words.activation} ${code(name)}</dt><dd>${code(times(activation.shape))}${part}. ${escaped(activation.about)}${weights}</dd>`;
    }),
  ];
  const letters = lettersOf([shape, ...names.map((name) => ACTIVATIONS[name].shape)]);
  return `<p>${linked(returns, ids, info.id)}</p>
<dl class="facts">${lines.join('\n')}</dl>
${letterTable(letters, config, sizesOf(shape, size))}`;
}

const mathematics = (id: string): string =>
  scroller(
    words.math,
    mathOf(id)
      .map((line) => `<p class="math">${escaped(line)}</p>`)
      .join('\n'),
  );

function parameters({ info, enums, ids }: FormulaText): string {
  if (info.parameters.length === 0) return `<p>${words.noParameters}</p>`;
  const entries = info.parameters.map(
    ({ name, description = '', optional, dimensionality, customEnumId }) => {
      const kind = `${optional ? words.optional : words.required}, ${dimensionality === 'matrix' ? words.range : words.one}`;
      const list = enums.find(({ id }) => id === customEnumId);
      return `<dt><code>${escaped(name)}</code> <span class="kind">${kind}</span></dt>
<dd>${linked(description, ids, info.id)}${list ? choices(list) : ''}</dd>`;
    },
  );
  return `<dl class="parameters">${entries.join('\n')}</dl>`;
}

const choices = ({ values }: CustomEnum): string => `
<table><thead><tr><th scope="col">${words.value}</th><th scope="col">${words.meaning}</th></tr></thead>
<tbody>${values
  .map(
    ({ stringValue, tooltip }) =>
      `<tr><th scope="row"><code>"${escaped(stringValue)}"</code></th><td>${escaped(tooltip ?? '')}</td></tr>`,
  )
  .join('\n')}</tbody></table>`;

function example({ info, example }: FormulaText): string {
  const notes = [info.options?.stream ? words.streaming : '', factsOf(info.id).note ?? ''].filter(Boolean);
  return `${resultTable(example)}${notes.map((note) => `\n<p class="note">${escaped(note)}</p>`).join('')}`;
}

function errors({ refusals }: FormulaText): string {
  const more = `<p>${words.moreErrors} <a href="troubleshooting.html">${strings.trouble}</a>.</p>`;
  if (refusals.length === 0) return `<p>${words.noErrors}</p>\n${more}`;
  const rows = refusals.map(
    ({ formula, code: shown, message }) =>
      `<div class="refusal"><dt>${code(formula)}</dt><dd><span class="error">${escaped(shown)}</span> ${escaped(message)}</dd></div>`,
  );
  return `<p>${words.errorsLead}</p>\n<dl class="refusals">${rows.join('\n')}</dl>\n${more}`;
}

function neighbours(id: string): string {
  const { before, after, alike } = neighboursOf(id);
  const lines = [
    [words.before, before],
    [words.after, after],
    [words.alike, alike],
  ] as const;
  return `<dl class="neighbours">${lines
    .filter(([, ids]) => ids.length > 0)
    .map(([term, ids]) => `<dt>${term}</dt><dd>${ids.map(linkTo).join(' ')}</dd>`)
    .join('\n')}</dl>`;
}

const pager = ({ previous, next }: FormulaText): string =>
  `<nav class="pager" aria-label="${words.neighbours}">${
    previous
      ? `<a rel="prev" href="${besides(previous)}">${strings.previous}: ${code(previous)}</a>`
      : '<span></span>'
  }${next ? `<a rel="next" href="${besides(next)}">${strings.next}: ${code(next)}</a>` : ''}</nav>`;
