import { LibraryError } from './errors';
import { HUB } from './hub';
import { messages } from './messages';

declare const __MODEL_MIRROR__: string | undefined;

/**
 * Servers for hub models unless somebody chooses others: those that the build names, then the hub. A build that wants
 * the hub elsewhere in the order names it, too.
 */
export function defaultSources(): string[] {
  const mirrors =
    typeof __MODEL_MIRROR__ === 'string' ? __MODEL_MIRROR__.split(/[\s,]+/).filter(Boolean) : [];
  return checkedSources(mirrors.includes(HUB) ? mirrors : [...mirrors, HUB]);
}

/** Addresses without the last slash. @throws LibraryError where one is no address, or there is none */
export function checkedSources(sources: readonly string[]): string[] {
  for (const source of sources) {
    if (!URL.canParse(source) || !/^https?:$/.test(new URL(source).protocol)) {
      throw new LibraryError('request', messages.badSource(source));
    }
  }
  if (sources.length === 0) throw new LibraryError('request', messages.badSource(''));
  return [...new Set(sources.map((source) => source.replace(/\/+$/, '')))];
}
