/**
 * Loaded by `workbench-pane.html` before Microsoft's custom-functions runtime: hands that runtime the wire to the
 * spreadsheet in the page around it.
 */
import { withoutPauses } from './runtime/pace';
import type { WorkbenchWindow } from './window';

interface RuntimeGlobals {
  _richApiNativeBridge?: unknown;
  OsfOptOut?: boolean;
  OfficeExt?: { MsAjaxError: boolean };
  OSF?: { OUtil: { parseXdmInfo(): null } };
}

const pane = window as unknown as RuntimeGlobals;
pane._richApiNativeBridge = (window.parent as WorkbenchWindow).gpt2Wire?.bridge;

// The runtime leaves for about:blank when it finds itself in a frame that is not Excel's, unless this exists.
pane.OsfOptOut = true;
// With these it concludes, as in any plain browser page, that there is no Office host, and `Office.onReady` resolves.
pane.OfficeExt = { MsAjaxError: true };
pane.OSF = { OUtil: { parseXdmInfo: () => null } };

window.setTimeout = withoutPauses(window.setTimeout.bind(window));
