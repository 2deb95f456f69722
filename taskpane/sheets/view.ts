import { element } from '../dom';
import { layoutView } from '../layout/view';
import type { Session } from '../session';

/** What the add-in puts into the workbook as whole sheets, a section each. */
export async function sheetsView(session: Session): Promise<HTMLElement> {
  return element('div', { class: 'sheets' }, await layoutView(session));
}
