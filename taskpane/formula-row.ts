import { exampleOf } from '../src/catalogue/catalogue';
import { argumentsOf, type FormulaInfo, type ParameterInfo } from '../src/catalogue/formula';
import { pageOf } from '../src/catalogue/pages';
import { NAMESPACE } from '../src/namespace';
import { button, element, icon, unseen } from './dom';
import { insert } from './insert';
import { activationsOf, sentences } from './metadata';
import { strings } from './strings';

/** One formula: its signature and a sentence, its help when opened, and a button that tries it out. */
export function formulaRow(formula: FormulaInfo): HTMLElement {
  const { first, rest } = sentences(formula.description);
  const example = exampleOf(formula);
  const row = element('li', { class: 'formula', 'data-id': formula.id });
  const help = element('div', { class: 'help' });
  const details = element(
    'details',
    {},
    element(
      'summary',
      { class: 'formula-head' },
      icon('chevron'),
      element(
        'span',
        { class: 'signature' },
        element('b', {}, formula.name.replace(`${NAMESPACE}.`, '')),
        element('wbr'),
        argumentsOf(formula),
      ),
      element('span', { class: 'description' }, first),
    ),
    help,
  );
  // Most help is never opened: it is built when it is.
  details.addEventListener('toggle', () => help.replaceChildren(...helpOf(formula, rest, example)), {
    once: true,
  });
  const insertButton = button(
    [element('span', { class: 'action' }, strings.formulas.insert), unseen(` ${formula.id}`)],
    { size: 'small', appearance: 'subtle', class: 'insert', title: example },
    () => void insert(example, row),
  );
  row.append(details, insertButton);
  return row;
}

function helpOf(formula: FormulaInfo, rest: string, example: string): HTMLElement[] {
  const activations = activationsOf(formula);
  return [
    ...(rest ? [element('p', {}, rest)] : []),
    ...(formula.parameters.length > 0
      ? [element('dl', { class: 'parameters' }, ...formula.parameters.map(parameterHelp))]
      : []),
    ...(activations.length > 0
      ? [
          element('p', { class: 'label' }, strings.formulas.shows),
          ...activations.map(({ name, shape }) =>
            element('p', { class: 'activation' }, element('code', {}, name), ` ${shape}`),
          ),
        ]
      : []),
    element('p', { class: 'label' }, strings.formulas.example),
    element('code', { class: 'example' }, example),
    element(
      'p',
      {},
      element(
        'a',
        { class: 'link', href: pageOf(formula.id), target: '_blank', rel: 'noopener' },
        strings.formulas.page(formula.id),
      ),
    ),
  ];
}

function parameterHelp({ name, description, optional }: ParameterInfo): HTMLElement {
  const mark = optional ? [element('span', { class: 'optional' }, strings.formulas.optional)] : [];
  return element('div', {}, element('dt', {}, name, ...mark), element('dd', {}, description ?? ''));
}
