import type { SheetHost } from '../src/host/host';
import { RuntimeBridge } from './runtime/bridge';
import type { PaneWire, WorkbenchWindow } from './window';

/** The page's end of what lies between it and the pane. */
export interface Wire {
  readonly bridge: RuntimeBridge;
  /** Tells the pane of the spreadsheet. */
  connect(host: SheetHost): void;
  /** Tells it that there will be none. */
  fail(error: unknown): void;
}

/** Leaves on the window what the pane looks for when it loads, which may be before there is a spreadsheet. */
export function layWire(): Wire {
  const bridge = new RuntimeBridge();
  let connect!: (host: SheetHost) => void;
  let fail!: (error: unknown) => void;
  const host = new Promise<SheetHost>((resolve, reject) => {
    [connect, fail] = [resolve, reject];
  });
  host.catch(() => undefined); // told by whoever fails; the pane works without a spreadsheet, too
  (window as WorkbenchWindow).gpt2Wire = { bridge, host } satisfies PaneWire;
  return { bridge, connect, fail };
}
