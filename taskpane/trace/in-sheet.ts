import type { Block, FormulaCell, SheetHost } from '../../src/host/host';
import type { Link } from '../../src/trace/explanation';
import { parseFormula, qualified } from '../../src/trace/formula';
import { onSheet, partsOf } from '../../src/workbook/address';
import { announce } from '../announcer';
import { button, element, icon } from '../dom';
import { follow } from '../follow';
import { once } from '../once';
import { sentenceOf } from '../sentence';
import type { Session } from '../session';
import type { Read } from './evaluate';
import { Explainer } from './explainer';
import { Screen } from './screen';
import { partOf, placeOf } from './shown';
import { strings } from './strings';
import { selectedTarget, type Target } from './target';
import { Written } from './written';

type Host = SheetHost & Required<Pick<SheetHost, 'selection'>>;

/** The view in a spreadsheet: it explains the number that is selected, and selects what that came from. */
export function inSheet(session: Session, host: Host): HTMLElement {
  const where = element('div', { class: 'trace-where' });
  const problem = element('p', { class: 'trace-problem', role: 'alert' });
  const written = new Written(host);
  const trail: string[] = [];
  let current: Target | undefined;
  let pinned = false;

  const readings = new Map<string, Promise<unknown[][]>>();
  const explainer = new Explainer(session, (target, outcome) => screen.show(target, outcome));

  const update = async () => {
    try {
      const target = pinned && current ? await again(host, current) : await selected();
      if (!target) return;
      readings.clear();
      formulas = undefined;
      current = target;
      where.replaceChildren(...describe(target));
      if (target.formula === '' && target.value === null) {
        explainer.stop();
        screen.show(target, {
          kind: 'sentence',
          sentence: target.address ? strings.empty(target.address) : strings.lead,
        });
      } else await explainer.explain(target, (reference) => read(qualified(reference, target.sheet)));
    } catch (error) {
      screen.show(current ?? NOTHING, { kind: 'sentence', sentence: sentenceOf(error, strings.failed) });
    }
  };
  const selected = async (): Promise<Target | undefined> => {
    const selection = await host.selection();
    return written.holds(selection.address) && current ? undefined : selectedTarget(selection);
  };
  // Several arguments and links may name one range: it is read once for each explanation.
  const read: Read = (reference) => {
    const found = readings.get(reference) ?? readCells(host, reference);
    readings.set(reference, found);
    return found;
  };

  let formulas: Promise<readonly FormulaCell[]> | undefined;
  const find = async (link: Link) => {
    // In Excel a big workbook takes a while to look through; once for all links is enough.
    formulas ??= host.formulas?.().catch(() => []) ?? Promise.resolve([]);
    return placeOf(link, await formulas, read);
  };

  const go = once(async (link: Link) => {
    problem.textContent = '';
    const from = current?.address;
    try {
      const place = (await find(link)) ?? (await insertLink(host, link));
      // Where somebody stays with a number, the sheet alone goes there.
      if (from !== undefined && !pinned) {
        trail.push(from);
        showTrail();
      }
      await host.select?.(place);
    } catch (error) {
      problem.textContent = sentenceOf(error, strings.wentWrong);
    }
  });

  const screen = new Screen(
    {
      hint: async (link) => (await find(link).catch(() => undefined)) ?? strings.ways.insert,
      go: (link) => void go(link),
    },
    (target, explanation) => written.offer(target, explanation),
  );

  const back = button(
    [icon('back'), strings.back],
    { size: 'small', appearance: 'subtle', class: 'trace-back' },
    () => {
      const address = trail.pop();
      showTrail();
      if (address)
        host.select?.(address).catch((error) => {
          problem.textContent = sentenceOf(error, strings.wentWrong);
        });
    },
  );
  const showTrail = () => {
    const last = trail.at(-1);
    back.hidden = last === undefined;
    back.title = last === undefined ? '' : strings.backTo(last);
  };
  showTrail();
  const pin = button(
    [icon('pin'), strings.pin],
    {
      size: 'small',
      appearance: 'subtle',
      class: 'trace-pin',
      'aria-pressed': 'false',
      title: strings.pinAbout,
    },
    () => {
      pinned = !pinned;
      pin.ariaPressed = String(pinned);
      if (!pinned) void update();
    },
  );

  const view = element(
    'section',
    { class: 'trace', 'aria-labelledby': 'trace-heading' },
    element('h2', { class: 'unseen', id: 'trace-heading' }, strings.heading),
    element('div', { class: 'trace-bar' }, where, back, pin),
    problem,
    screen.box,
  );
  follow(host, view, () => void update());
  session.addEventListener('change', () => {
    const { phase } = session.status;
    if ((phase === 'ready' || phase === 'failed') && view.checkVisibility()) void update();
  });
  return view;
}

const NOTHING: Target = { formula: '', row: 0, column: 0, value: null };

/** The same number once more, with what its cell shows by now. */
async function again(host: Host, target: Target): Promise<Target> {
  if (target.address === undefined || !host.read) return target;
  const [[value = null] = []] = await host.read(target.address);
  return { ...target, value };
}

/** Reads a range, with errors that are of this page, whatever page the host's are of. */
async function readCells(host: SheetHost, reference: string): Promise<unknown[][]> {
  try {
    return (await host.read?.(reference)) ?? [];
  } catch (error) {
    throw new Error(sentenceOf(error, strings.failed), { cause: error });
  }
}

/** Where a formula stands on a sheet of its own, below its heading. */
const AT = 'A3';

/** Puts a link's formula where there is room: into the selected cell if that is empty, else on a new sheet. @returns what to select */
async function insertLink(host: Host, { formula, area, label }: Link): Promise<string> {
  const { value, formula: held, spill } = await host.selection();
  const free = value === null && !held && !spill;
  const place = free || !host.write ? await host.insertFormula(formula) : await onNewSheet(host, formula);
  const address = partOf(place, area);
  announce(strings.inserted(label, address));
  return address;
}

async function onNewSheet(host: Host, formula: string): Promise<string> {
  const parsed = parseFormula(formula);
  const name = 'call' in parsed ? parsed.call.name : strings.sum;
  const block: Block = () => [
    { at: 'A1', content: formula.slice(1), look: 'heading' },
    { at: AT, content: formula },
  ];
  const { sheet = '' } = partsOf((await host.write?.(block, name)) ?? '');
  return onSheet(sheet, AT);
}

/** Where the number is, and the formula behind it. */
function describe({ address, formula, row, column, rows, columns }: Target): HTMLElement[] {
  if (address === undefined) return [];
  const single = rows === undefined || columns === undefined || rows * columns === 1;
  const place = single
    ? []
    : [
        element(
          'span',
          { class: 'trace-at' },
          `${strings.place(row, column)} ${strings.size(rows, columns)}`,
        ),
      ];
  return [
    element('p', {}, element('b', {}, address), ...place),
    element('code', { class: 'trace-code' }, formula || strings.noFormula),
  ];
}
