import { element } from './dom';

/** One of the pane's views: a tab, and what it shows. */
export interface View {
  readonly id: string;
  readonly title: string;
  /** Makes what it shows, when it is shown for the first time; hidden views cost nothing. */
  readonly make: () => HTMLElement | Promise<HTMLElement>;
}

interface Tablist extends HTMLElement {
  activeid: string;
  activetab: HTMLElement;
}

const tabId = (view: string) => `tab-${view}`;

/** The views behind one another, with a tab each; the first is in front. */
export function viewsOf(label: string, views: readonly View[]): readonly HTMLElement[] {
  const panels = views.map(({ id }, place) =>
    element('div', {
      class: 'view',
      id: `view-${id}`,
      role: 'tabpanel',
      'aria-labelledby': tabId(id),
      hidden: place > 0,
    }),
  );
  const tabs = views.map(({ id, title }) =>
    element('fluent-tab', { id: tabId(id), 'aria-controls': `view-${id}` }, title),
  );
  const list = element('fluent-tablist', { class: 'tabs', size: 'small', 'aria-label': label }, ...tabs);

  const made = new Set<View>();
  const show = async (place: number) => {
    const view = views[place];
    if (!view || made.has(view)) return;
    made.add(view);
    panels[place]?.append(await view.make());
  };
  list.addEventListener('change', (event) => {
    if (event.target === list) void show(tabs.indexOf((list as Tablist).activetab));
  });
  void show(0);
  return [list, ...panels];
}

/** Brings a view to the front. */
export function showView(id: string): void {
  const tab = document.getElementById(tabId(id));
  const list = tab?.parentElement as Tablist | null | undefined;
  if (list) list.activeid = tabId(id);
}
