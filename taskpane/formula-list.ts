import { grouped } from '../src/catalogue/catalogue';
import { DOCS } from '../src/catalogue/pages';
import { chooseHost } from '../src/host/choose';
import { announce } from './announcer';
import { element, icon } from './dom';
import { ShownGroup } from './formula-group';
import { fetchFormulas } from './metadata';
import { strings } from './strings';

/** Groups that are open before anyone has touched them: what newcomers need first. */
const OPEN_AT_FIRST = 2;

/** A listener hears how many formulas match only when the typing rests. */
const REST_MS = 600;

/** Every formula there is, by stage, with a box to filter them. @param base the page's address */
export function formulaList(base: string): HTMLElement {
  const words = strings.formulas;
  const filter = element(
    'fluent-text-input',
    { class: 'filter', placeholder: words.filter, autocomplete: 'off', spellcheck: 'false' },
    words.filter,
    icon('search', { slot: 'start' }),
  ) as HTMLElement & { value: string };
  const groups = element('div', { class: 'groups' });
  const noMatch = element('p', { class: 'note', hidden: true });
  const noSheet = element('p', { class: 'note', hidden: true }, words.noSheet);

  const fill = async () => {
    const shown = grouped(await fetchFormulas(base)).map(
      (group, place) => new ShownGroup(group, place < OPEN_AT_FIRST),
    );
    groups.replaceChildren(...shown.map(({ box }) => box));
    followFilter(filter, shown, noMatch);
    const { name } = await chooseHost();
    if (name !== '') return;
    noSheet.hidden = false;
    for (const action of groups.querySelectorAll('.action')) action.textContent = words.copy;
  };
  fill().catch(() => {
    noMatch.textContent = words.failed;
    noMatch.hidden = false;
  });

  return element(
    'section',
    { class: 'formulas', 'aria-labelledby': 'formulas-heading' },
    element(
      'div',
      { class: 'heading-line' },
      element('h2', { class: 'unseen', id: 'formulas-heading' }, words.heading),
      element('a', { class: 'link', href: DOCS, target: '_blank', rel: 'noopener' }, words.docs),
    ),
    noSheet,
    filter,
    noMatch,
    groups,
  );
}

function followFilter(
  box: HTMLElement & { value: string },
  groups: ShownGroup[],
  noMatch: HTMLElement,
): void {
  let before = '';
  let resting: ReturnType<typeof setTimeout> | undefined;
  const apply = () => {
    const text = box.value.trim();
    if (text === before) return;
    const found = groups.reduce((sum, group) => sum + group.filter(text, before), 0);
    before = text;
    noMatch.hidden = found > 0;
    noMatch.textContent = strings.formulas.none(text);
    clearTimeout(resting);
    resting = setTimeout(() => {
      announce(found > 0 ? strings.formulas.found(found) : strings.formulas.none(text));
    }, REST_MS);
  };
  box.addEventListener('input', apply);
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || box.value === '') return;
    box.value = '';
    apply();
  });
}
