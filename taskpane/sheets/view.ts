import { element } from '../dom';
import { later } from '../later';
import { layoutView } from '../layout/view';
import { lessonsView } from '../lessons/view';
import type { Session } from '../session';

/** What the add-in puts into whole sheets, a section each: into this workbook, or into one of its own. */
export async function sheetsView(session: Session): Promise<HTMLElement> {
  const [layout, lessons] = await Promise.all([layoutView(session), lessonsView(session)]);
  const exporting = later(async () =>
    (await import(/* webpackChunkName: "export" */ '../export/view')).exportView(session),
  );
  return element('div', { class: 'sheets' }, layout, exporting, lessons);
}
