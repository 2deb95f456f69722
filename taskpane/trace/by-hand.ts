import type { CellValue } from '../../src/host/host';
import { NAMESPACE } from '../../src/namespace';
import type { Link } from '../../src/trace/explanation';
import { button, element, icon } from '../dom';
import type { Session } from '../session';
import { evaluate } from './evaluate';
import { Explainer } from './explainer';
import { Screen } from './screen';
import { strings } from './strings';
import type { Target } from './target';

const words = strings.byHand;

/** What is typed: row and column from 1. */
interface Typed {
  readonly formula: string;
  readonly row: string;
  readonly column: string;
}

/** A score that is not masked: the last token's query with the key of one before it. */
const EXAMPLE: Typed = { formula: words.example(NAMESPACE), row: '6', column: '3' };

const noSheet = () => Promise.reject(new Error(strings.argument.noSheet));

/** The view without a spreadsheet: a formula is typed, and links lead from one explanation to the next. */
export function byHand(session: Session): HTMLElement {
  const fields = {
    formula: field(words.formula, { class: 'trace-formula', spellcheck: 'false' }),
    row: field(words.row, { inputmode: 'numeric' }),
    column: field(words.column, { inputmode: 'numeric' }),
  };
  const problem = element('p', { class: 'trace-problem', role: 'alert' });
  const trail: Typed[] = [];
  let current: Typed = EXAMPLE;

  const explainer = new Explainer(session, (target, outcome) => screen.show(target, outcome));
  const go = (typed: Typed) => {
    const wrong = (['row', 'column'] as const).find((name) => !/^[1-9]\d{0,8}$/.test(typed[name].trim()));
    problem.textContent = wrong ? words.notWhole(words[wrong], typed[wrong]) : '';
    if (wrong) return;
    current = typed;
    for (const name of ['formula', 'row', 'column'] as const) fields[name].input.value = typed[name];
    back.hidden = trail.length === 0;
    void measured(targetOf(typed)).then((target) => {
      if (current === typed) void explainer.explain(target, noSheet);
    });
  };
  const screen = new Screen(
    {
      hint: async () => strings.ways.explain,
      go: ({ formula, area }: Link) => {
        trail.push(current);
        go({ formula, row: String(area.row + 1), column: String(area.column + 1) });
      },
    },
    () => [],
  );
  const back = button(
    [icon('back'), strings.back],
    { size: 'small', class: 'trace-back', hidden: true },
    () => {
      const before = trail.pop();
      if (before) go(before);
    },
  );
  const submit = () =>
    go({
      formula: fields.formula.input.value,
      row: fields.row.input.value,
      column: fields.column.input.value,
    });
  const form = element(
    'form',
    { class: 'trace-form' },
    fields.formula.label,
    fields.row.label,
    fields.column.label,
    button(words.explain, { size: 'small', appearance: 'primary', class: 'trace-go' }, submit),
  );
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) submit();
  });
  session.addEventListener('change', () => {
    if (session.status.phase === 'ready') go(current);
  });
  go(EXAMPLE);
  return element(
    'section',
    { class: 'trace', 'aria-labelledby': 'trace-heading' },
    element('h2', { id: 'trace-heading' }, strings.heading),
    element('p', { class: 'note' }, words.lead),
    form,
    problem,
    element('div', { class: 'trace-bar' }, back),
    screen.box,
  );
}

function field(label: string, attributes: Record<string, string>) {
  const input = element('input', { type: 'text', autocomplete: 'off', ...attributes });
  return { input, label: element('label', {}, element('span', {}, label), input) };
}

const targetOf = ({ formula, row, column }: Typed): Target => ({
  formula: `=${formula.trim().replace(/^=/, '')}`,
  row: Number(row) - 1,
  column: Number(column) - 1,
  value: null,
});

/** A target with what its formula gives there, and how large its result is; as it is where that gives an error. */
async function measured(target: Target): Promise<Target> {
  try {
    const cells = await evaluate(target.formula.slice(1).trim(), noSheet);
    return {
      ...target,
      rows: cells.length,
      columns: cells[0]?.length ?? 0,
      value: (cells[target.row]?.[target.column] ?? null) as CellValue,
    };
  } catch {
    return target; // the explanation says what is wrong
  }
}
