import type { Page } from 'playwright-core';

/** A streaming formula at work in a pane. */
export interface OpenStream {
  /** What it has shown so far; an error as its code and message. */
  shown(): Promise<string[]>;
  /** Tells it that the cell no longer wants its value. */
  cancel(): Promise<void>;
}

interface Running {
  readonly shown: string[];
  readonly invocation: { setResult(value: unknown): void; onCanceled?: () => void };
}

type Streams = { streams?: Running[] };

/** Calls a streaming formula in a pane the way Office.js knows it. */
export async function openStream(page: Page, id: string, ...args: unknown[]): Promise<OpenStream> {
  const at = await page.evaluate(
    ([id, args]) => {
      type Formula = (...args: unknown[]) => void;
      const { mappings } = (
        CustomFunctions as unknown as { _association: { mappings: Record<string, Formula> } }
      )._association;
      const formula = mappings[id];
      if (!formula) throw new Error(`${id} is not registered`);
      const shown: string[] = [];
      const setResult = (value: unknown) => {
        const { code, message } = value as { code?: string; message?: string };
        shown.push(typeof value === 'string' ? value : `${code}: ${message}`);
      };
      const invocation: Running['invocation'] = { setResult };
      const page = window as unknown as Streams;
      page.streams ??= [];
      // The runtime fills in null for what is left out, and adds the invocation.
      formula(...args, ...new Array<null>(formula.length - 1 - args.length).fill(null), invocation);
      return page.streams.push({ shown, invocation }) - 1;
    },
    [id, args] as const,
  );
  return {
    shown: () => page.evaluate((at) => [...((window as unknown as Streams).streams?.[at]?.shown ?? [])], at),
    cancel: () =>
      page.evaluate((at) => (window as unknown as Streams).streams?.[at]?.invocation.onCanceled?.(), at),
  };
}
