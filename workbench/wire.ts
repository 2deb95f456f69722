import type { SheetHost } from '../src/host/host';
import type { EarlyEngine } from './engine';
import { type Settings, settingOf } from './host/remembered';
import { RuntimeBridge } from './runtime/bridge';
import type { PaneWire, WorkbenchWindow } from './window';

/** The page's end of what lies between it and the pane. */
export interface Wire {
  readonly bridge: RuntimeBridge;
  /** Tells the pane what the workbook remembers that is going to be opened. */
  remember(settings: Settings): void;
  /** Tells it of the spreadsheet. */
  connect(host: SheetHost): void;
  /** Tells it that there will be none. */
  fail(error: unknown): void;
}

/** Leaves on the window what the pane looks for when it loads, which may be before there is a spreadsheet. */
export function layWire(engine: EarlyEngine): Wire {
  const bridge = new RuntimeBridge();
  const [first, host] = [expected<Settings>(), expected<SheetHost>()];
  let opened: SheetHost | undefined;
  const getSetting = async (key: string) =>
    opened ? opened.getSetting?.(key) : settingOf(await first.promise, key);
  (window as WorkbenchWindow).gpt2Wire = {
    bridge,
    host: host.promise,
    engine,
    getSetting,
  } satisfies PaneWire;
  return {
    bridge,
    remember: first.resolve,
    connect: (spreadsheet) => {
      opened = spreadsheet;
      host.resolve(spreadsheet);
    },
    fail: (error) => {
      for (const { reject } of [first, host]) reject(error);
    },
  };
}

interface Expected<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** Something that comes later. That it will not come is told by whoever knows; the pane works without, too. */
function expected<T>(): Expected<T> {
  let settle!: Omit<Expected<T>, 'promise'>;
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  promise.catch(() => undefined);
  return { promise, ...settle };
}
