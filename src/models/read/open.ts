import type { Config } from '../../gpt2/config';
import type { Tokenizer } from '../../gpt2/tokenizer';
import type { WeightSource } from '../../gpt2/weights';
import { sha256Of } from '../hash';
import { INDEX, parseJson, readConfig, shardsOf, WEIGHTS } from '../plan';
import type { ByteSource } from '../store/store';
import { openFile, openShards } from './checkpoint';
import { openVocabulary } from './vocabulary';

/** Files of one model by name: whole, or on their way. */
export interface ModelFiles {
  readonly name: string;
  has(path: string): boolean;
  /** A file that `has` says is there. */
  file(path: string): ByteSource;
}

/** A model folder, opened; its weights are read on demand. */
export interface OpenedFolder {
  readonly config: Config;
  readonly tokenizer?: Tokenizer;
  readonly source: WeightSource;
  /** The files of the weights, by name. */
  readonly weightFiles: readonly string[];
}

/**
 * Opens a model folder as the hub has them.
 * @throws LibraryError, ModelError naming the file and what is wrong with it
 */
export async function openFolder(
  files: ModelFiles,
  whole: (path: string) => Promise<Uint8Array>,
): Promise<OpenedFolder> {
  const optional = async (path: string) => (files.has(path) ? whole(path) : undefined);
  const config = readConfig(files.name, await whole('config.json'));
  const tokenizer = await openVocabulary(config, files.name, optional);
  if (files.has(WEIGHTS) || !files.has(INDEX)) {
    const source = await openFile(WEIGHTS, files.file(WEIGHTS));
    return { config, tokenizer, source, weightFiles: [WEIGHTS] };
  }
  const index = parseJson(INDEX, files.name, await whole(INDEX));
  const weightFiles = shardsOf(index).sort();
  const { weight_map } = index as { weight_map: Record<string, string> };
  const shards = new Map(weightFiles.map((path) => [path, files.file(path)]));
  return { config, tokenizer, source: openShards(weight_map, shards), weightFiles };
}

/** One SHA-256 for the weights: of their file; of several, of the lines `<sha256>  <file>` sorted by file. */
export async function weightsHash(files: readonly { path: string; sha256: string }[]): Promise<string> {
  const [first] = files;
  if (files.length === 1 && first) return first.sha256;
  return sha256Of(files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join(''));
}
