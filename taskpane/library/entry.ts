import type { Config } from '../../src/gpt2/config';
import type { Description, HubRef, KnownModel, ModelRef, StoredModel, UrlRef } from '../../src/models/api';
import { parameterCount } from '../../src/models/memory';
import { isSame } from '../../src/models/same';

export type State = 'builtIn' | 'absent' | 'partial' | 'here' | 'local';

/** One line of the list: a model that is known, described, stored or open, and how much of it is here. */
export interface Entry {
  /** The same for as long as the pane is open. */
  readonly id: string;
  readonly name: string;
  readonly ref: ModelRef;
  readonly state: State;
  /** Whether it is what was asked for last: open now, or being opened, or what could not be opened. */
  readonly wanted: boolean;
  readonly stored?: StoredModel;
  readonly config?: Config;
  readonly parameters?: number;
  /** Bytes to fetch in all. */
  readonly download?: number;
  readonly licence?: string;
}

/** What the list is made of. */
export interface Sources {
  readonly known: readonly KnownModel[];
  /** The latest first. */
  readonly stored: readonly StoredModel[];
  /** Looked up in this pane, and asked for. */
  readonly described: readonly Description[];
  /** What was asked for last: a place, or the key of a stored model. */
  readonly wanted: { readonly from: ModelRef | string; readonly name: string };
}

type Remote = HubRef | UrlRef;

const isRemote = (ref: ModelRef): ref is Remote => ref.kind === 'hub' || ref.kind === 'url';

/** Everything to choose from: what is known first, then what else is on this device, then what is on its way or open. */
export function entriesOf({ known, stored, described, wanted }: Sources): Entry[] {
  const left = new Set(stored);
  /** The version of a model to show on its own line: a whole one if there is one. */
  const take = (ref: Remote): StoredModel | undefined => {
    const versions = stored.filter((model) => left.has(model) && isSame(model.ref, ref));
    const found =
      versions.find(({ key }) => key === wanted.from) ?? versions.find(({ complete }) => complete);
    const taken = found ?? versions[0];
    if (taken) left.delete(taken);
    return taken;
  };
  const isWanted = (ref: ModelRef, model?: StoredModel) =>
    typeof wanted.from === 'string' ? wanted.from === model?.key : isSame(wanted.from, ref);

  const entries = known.map(({ ref, name, config, parameters, download, licence }): Entry => {
    const model = download === 0 ? undefined : take(ref);
    const state = download === 0 ? 'builtIn' : stateOf(model);
    return {
      ...{ id: idOf(ref), name, ref, config, parameters, licence, state, stored: model },
      download: model?.total ?? download,
      wanted: isWanted(ref, model),
    };
  });
  for (const { ref, name, config, parameters, download } of described) {
    if (!isRemote(ref) || entries.some((entry) => isSame(entry.ref, ref))) continue;
    const model = take(ref);
    entries.push({
      ...{ id: idOf(ref), name, ref, config, parameters, download, stored: model, state: stateOf(model) },
      wanted: isWanted(ref, model),
    });
  }
  for (const model of stored) {
    if (!left.has(model)) continue;
    const { ref, key, config, name, commit } = model;
    // Another version of a model that has a line already says which.
    const second = entries.some((entry) => isSame(entry.ref, ref));
    entries.push({
      id: second ? key : idOf(ref),
      name: second ? `${name} (${commit.slice(0, 7)})` : name,
      ...{ ref, config, download: model.total, stored: model, state: stateOf(model) },
      parameters: config && parameterCount(config),
      wanted: second ? wanted.from === key : isWanted(ref, model),
    });
  }
  const { from, name } = wanted;
  if (typeof from !== 'string' && !entries.some((entry) => entry.wanted)) {
    entries.push({
      id: idOf(from),
      name,
      ref: from,
      state: isRemote(from) ? 'absent' : 'local',
      wanted: true,
    });
  }
  return entries;
}

/** What a line of the list is known by. */
export function idOf(ref: ModelRef): string {
  if (ref.kind === 'hub') return `hub:${ref.id}@${ref.revision ?? 'main'}`;
  if (ref.kind === 'url') return `url:${ref.url.replace(/\/+$/, '')}`;
  return `local:${ref.kind === 'files' ? ref.name : ref.handle.name}`;
}

const stateOf = (model: StoredModel | undefined): State =>
  !model ? 'absent' : model.complete ? 'here' : 'partial';

/**
 * What to ask the library for, to go on with a model: what was begun at a commit of the hub is ended at it; a plain
 * server has but one version.
 */
export const placeOf = ({ ref, stored }: Entry): Remote | string =>
  stored && (stored.complete || ref.kind === 'hub') ? stored.key : (ref as Remote);
