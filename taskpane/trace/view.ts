import { chooseHost } from '../../src/host/choose';
import type { Session } from '../session';
import { byHand } from './by-hand';
import { inSheet } from './in-sheet';

/** How one number of a formula's result came about: of the selected cell, or, without a spreadsheet, of a formula that is typed. */
export async function traceView(session: Session): Promise<HTMLElement> {
  const host = await chooseHost();
  const { selection } = host;
  return selection ? inSheet(session, { ...host, selection }) : byHand(session);
}
