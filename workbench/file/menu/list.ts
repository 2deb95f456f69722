import type { Entry } from '../keep/entry';
import { strings, whenInWords } from '../strings';
import { openDialog } from './dialogs';
import { button, make } from './elements';

/** What the list of workbooks needs to know and to do. */
export interface ListActions {
  entries(): Promise<readonly Entry[]>;
  /** The ids of those that are open in some tab. */
  openAnywhere(): Promise<ReadonlySet<string>>;
  /** The one that is open here. */
  readonly here: string;
  open(entry: Entry): void;
  rename(entry: Entry, name: string): Promise<void>;
  remove(entries: readonly Entry[]): Promise<void>;
}

/** Shows the workbooks that this browser keeps, to be opened, renamed and deleted. */
export async function showList(actions: ListActions): Promise<void> {
  const words = strings.list;
  const rows = make('ul', { className: 'workbooks' });
  const sum = make('p', { className: 'quiet' });
  const said = make('p', { className: 'said' });
  said.setAttribute('role', 'status');
  const all = make('div', { className: 'delete-all' });
  const close = openDialog(words.title, [
    make('p', { className: 'quiet', textContent: words.lead }),
    rows,
    said,
    make(
      'div',
      { className: 'dialog-foot' },
      sum,
      all,
      button(words.close, () => close()),
    ),
  ]);

  const refresh = async (sentence = ''): Promise<void> => {
    const [entries, elsewhere] = await Promise.all([actions.entries(), actions.openAnywhere()]);
    const place = (entry: Entry) =>
      entry.id === actions.here ? 'here' : elsewhere.has(entry.id) ? 'elsewhere' : undefined;
    rows.replaceChildren(
      ...entries.map((entry) => row(entry, place(entry), actions, attempt, close)),
      ...(entries.length === 0 ? [make('li', { className: 'quiet', textContent: words.none })] : []),
    );
    sum.textContent = words.sum(
      entries.length,
      entries.reduce((bytes, entry) => bytes + entry.bytes, 0),
    );
    const removable = entries.filter((entry) => place(entry) !== 'elsewhere');
    const offer = () => {
      const sure = () => void attempt(() => actions.remove(removable), '');
      const question = confirmation(words.sureOfAll(removable.length), sure, () => {
        all.replaceChildren(begin);
        begin.focus();
      });
      all.replaceChildren(question);
      question.querySelector<HTMLElement>('button:last-child')?.focus();
    };
    const begin = button(words.deleteAll, offer);
    all.replaceChildren(...(removable.length > 0 ? [begin] : []));
    said.textContent = sentence;
  };
  const attempt: Attempt = async (run, done) => {
    try {
      await run();
      await refresh(done);
    } catch (error) {
      said.textContent = error instanceof Error ? error.message : String(error);
    }
    rows.querySelector<HTMLElement>('button')?.focus();
  };
  await refresh().catch((error: unknown) => {
    rows.replaceChildren(make('li', { textContent: words.failed(String(error)) }));
  });
}

type Attempt = (run: () => Promise<void>, done: string) => Promise<void>;

function row(
  entry: Entry,
  place: 'here' | 'elsewhere' | undefined,
  actions: ListActions,
  attempt: Attempt,
  close: () => void,
): HTMLLIElement {
  const words = strings.list;
  const { name } = entry;
  const line = make('li');
  const show = (back?: string) => {
    const open = button(
      name,
      () => {
        close();
        if (place !== 'here') actions.open(entry);
      },
      words.open(name),
    );
    open.className = 'workbook-open';
    const facts = make('span', {
      className: 'quiet',
      textContent: words.facts(whenInWords(entry.changed, Date.now()), entry.bytes),
    });
    if (place) facts.append(' · ', make('strong', { textContent: words[place] }));
    const rename = button(words.rename, renaming, words.renameOf(name));
    const remove = button(words.delete, removing, words.deleteOf(name));
    const buttons = place === 'elsewhere' ? [] : [rename, remove];
    line.replaceChildren(make('div', { className: 'workbook-about' }, open, facts), ...buttons);
    if (back === 'rename') rename.focus();
    if (back === 'remove') remove.focus();
  };
  const renaming = () => {
    const input = make('input', { type: 'text', value: name, maxLength: 100, required: true });
    input.setAttribute('aria-label', words.nameOf(name));
    const form = make(
      'form',
      {},
      input,
      make('button', { type: 'submit', textContent: words.save }),
      button(words.cancel, () => show('rename')),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const wished = input.value.trim();
      if (wished) void attempt(() => actions.rename(entry, wished), words.renamed(wished));
    });
    line.replaceChildren(form);
    input.select();
  };
  const removing = () => {
    const sure = () => void attempt(() => actions.remove([entry]), words.deleted(name));
    const question = confirmation(words.sure(name), sure, () => show('remove'));
    line.replaceChildren(question);
    question.querySelector<HTMLElement>('button:last-child')?.focus();
  };
  show();
  return line;
}

function confirmation(text: string, sure: () => void, keep: () => void): HTMLElement {
  const question = make(
    'div',
    { className: 'confirmation' },
    make('span', { textContent: text }),
    button(strings.list.delete, sure),
    button(strings.list.keep, keep),
  );
  question.setAttribute('role', 'group');
  question.setAttribute('aria-label', text);
  return question;
}
