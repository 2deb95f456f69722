import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, parseConfig } from '../gpt2/config';
import { ModelError } from '../gpt2/errors';
import type { Model } from '../gpt2/reference';
import { Tokenizer } from '../gpt2/tokenizer';
import { readWeights } from '../gpt2/weights';

/** A model folder, read from disk. */
export interface FolderModel extends Model {
  readonly config: Config;
  /** Missing where the folder has no vocabulary. */
  readonly tokenizer?: Tokenizer;
  /** SHA-256 of `model.safetensors`, in hexadecimal. */
  readonly sha256: string;
}

/**
 * Reads a Hugging Face folder: `config.json`, `model.safetensors`, and `vocab.json` with `merges.txt` if they are there.
 * @throws ModelError naming the file and what is wrong with it
 */
export function readFolder(folder: string): FolderModel {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new ModelError(`${folder} is not a folder.`);
  const config = parseConfig(json(folder, 'config.json', required(folder, 'config.json')));
  const vocab = optional(folder, 'vocab.json');
  const merges = optional(folder, 'merges.txt');
  const tokenizer =
    vocab && merges
      ? new Tokenizer(json(folder, 'vocab.json', vocab) as Record<string, number>, merges.toString('utf8'))
      : undefined;
  const file = required(folder, 'model.safetensors');
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.length); // a Buffer's slice() does not copy
  return {
    config,
    tokenizer,
    weights: readWeights(config, bytes),
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

function required(folder: string, name: string): Buffer {
  const bytes = optional(folder, name);
  if (!bytes) throw new ModelError(`${folder} has no ${name}.`);
  return bytes;
}

function optional(folder: string, name: string): Buffer | undefined {
  try {
    return readFileSync(join(folder, name));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'ERR_FS_FILE_TOO_LARGE')
      throw new ModelError(
        `${join(folder, name)} is over 2 GiB, which Node does not read in one piece; float16 halves it.`,
      );
    throw new ModelError(`${join(folder, name)} cannot be read: ${message}.`);
  }
}

function json(folder: string, name: string, bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new ModelError(`${join(folder, name)} is not JSON.`);
  }
}
