import { palette } from '../workbook/looks';
import type { Draft, Place } from './draft';
import { strings } from './strings';

/** The sheets around one, by name. */
export interface Around {
  readonly back?: string;
  readonly on?: string;
}

/** The colours of tabs: what one types and reads, what is computed, what was learned, what is looked up. */
export const tabs = { start: palette.gold, stage: palette.blue, weights: palette.quiet, table: palette.line };

/** The first row below title and lead. */
export const BODY = 5;
/** Positions and tokens stand in the first two columns of every sheet, and stay in view. */
export const DATA = 2;

const top = (sheet: string): Place => ({ sheet, top: 1, left: 0, rows: 1, columns: 1 });

/** Links, title and lead at the top of a sheet, and the widths of its first columns. */
export function putFrame(draft: Draft, title: string, lead: string, { back, on }: Around): void {
  draft.width(0, 44);
  draft.width(1, 112);
  draft.height(1, 24);
  draft.height(2, 36);
  const links = [
    [strings.nav.start, strings.names.start],
    ...(back && back !== strings.names.start ? [[strings.nav.back(back), back]] : []),
    ...(on ? [[strings.nav.on(on), on]] : []),
  ] as [string, string][];
  links.forEach(([text, sheet], place) => {
    draft.link(1, 1 + (place === 0 ? 0 : 3 * place - 1), text, top(sheet));
  });
  draft.put(2, 1, title, 'title');
  draft.put(3, 1, lead, 'lead');
}
