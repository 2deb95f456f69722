import type { Session } from './session';
import { styleSheet } from './style-sheet';

// The views behind the first one. Their code comes when they are first shown.

export async function trace(session: Session): Promise<HTMLElement> {
  const { traceView } = await import(/* webpackChunkName: "trace" */ './trace/view');
  return traceView(session);
}

export async function pictures(session: Session): Promise<HTMLElement> {
  const [{ picturesView }] = await Promise.all([
    import(/* webpackChunkName: "pictures" */ './pictures/view'),
    styleSheet('pictures.css'),
  ]);
  return picturesView(session);
}

export async function cells(session: Session): Promise<HTMLElement> {
  const { cellsView } = await import(/* webpackChunkName: "cells" */ './cells/view');
  return cellsView(session);
}

export async function sheets(session: Session): Promise<HTMLElement> {
  const { sheetsView } = await import(/* webpackChunkName: "sheets" */ './sheets/view');
  return sheetsView(session);
}
