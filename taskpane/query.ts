import { EMBEDDED } from '../src/models/embedded';
import type { OpenRequest } from '../src/rpc/protocol';
import { strings } from './strings';

/** What may run the model, as the page's address and the pane name it. */
export const BACKENDS = ['best', 'webgpu', 'wasm', 'reference'] as const satisfies OpenRequest['backend'][];

export type Backend = (typeof BACKENDS)[number];

/** Which model to open, and, where the address asks for the impossible, why not yet. */
export interface Wanted {
  readonly request: OpenRequest;
  /** Whether the address names a model: it then goes before the one that the workbook remembers. */
  readonly named: boolean;
  /** What opens the model that comes with the add-in. */
  readonly builtIn: OpenRequest;
  readonly problem?: string;
}

/**
 * Reads the page's own address: `?model=` a model folder, `?backend=` what to run it on, `?workers=` how many
 * Web Workers at least its layers are spread over where WebAssembly runs them.
 * @param base the page's address
 */
export function readQuery(base: string): Wanted {
  const query = new URL(base).searchParams;
  const wantedModel = query.get('model');
  const wantedBackend = query.get('backend') ?? 'best';
  const backend = BACKENDS.find((name) => name === wantedBackend);
  const wantedWorkers = query.get('workers') ?? '1';
  const workers = /^[1-9]\d?$/.test(wantedWorkers) ? Number(wantedWorkers) : undefined;
  const modelUrl = folder(wantedModel ?? EMBEDDED.path, base);
  const builtIn: OpenRequest = {
    from: { kind: 'url', url: new URL(EMBEDDED.path, base).href },
    name: EMBEDDED.name,
    backend: backend ?? 'best',
    ...(workers && workers > 1 ? { workers } : {}),
    base,
  };
  const named = wantedModel !== null;
  const request: OpenRequest =
    named && modelUrl
      ? { ...builtIn, from: { kind: 'url', url: modelUrl }, name: nameOf(modelUrl) }
      : builtIn;
  if (!backend) {
    const allowed = BACKENDS.map((name) => (name === 'best' ? 'best (the default)' : name)).join(', ');
    return { request, named, builtIn, problem: strings.query.unknownBackend(wantedBackend, allowed) };
  }
  if (!workers) return { request, named, builtIn, problem: strings.query.badWorkers(wantedWorkers) };
  if (!modelUrl) return { request, named, builtIn, problem: strings.query.badModel(wantedModel ?? '') };
  return { request, named, builtIn };
}

function folder(value: string, base: string): string | undefined {
  if (value === '' || !URL.canParse(value, base)) return undefined;
  const url = new URL(value, base);
  return /^https?:$/.test(url.protocol) ? url.href.replace(/\/+$/, '') : undefined;
}

/** The model's name within its folder's address: the last part, or the one before Hugging Face's `/resolve/…`. */
function nameOf(url: string): string {
  const parts = new URL(url).pathname.split('/').filter(Boolean);
  const resolve = parts.indexOf('resolve');
  return decodeURIComponent((resolve > 0 ? parts[resolve - 1] : parts.at(-1)) ?? url);
}
