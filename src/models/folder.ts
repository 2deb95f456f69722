import { type Config, parseConfig } from '../gpt2/config';
import { ModelError } from '../gpt2/errors';
import type { Model } from '../gpt2/reference';
import { Tokenizer } from '../gpt2/tokenizer';
import { readWeights } from '../gpt2/weights';
import { fetchBytes, type OnBytes } from './fetch';

/** A model folder, read: what every part of the add-in works on. */
export interface LoadedModel extends Model {
  readonly config: Config;
  /** Missing where the folder has no vocabulary; then only token ids work. */
  readonly tokenizer?: Tokenizer;
  /** Bytes of `model.safetensors`. */
  readonly bytes: number;
  /** SHA-256 of `model.safetensors`, in hexadecimal; empty where the page may not compute it. */
  readonly sha256: string;
}

/**
 * Reads a Hugging Face folder: `config.json`, `model.safetensors`, and `vocab.json` with `merges.txt` if they are there.
 * @param url the folder's address, with or without the last slash
 * @param onBytes hears how much of the weights has arrived
 * @throws ModelError naming the file and what is wrong with it
 */
export async function loadFolder(url: string, onBytes: OnBytes, signal?: AbortSignal): Promise<LoadedModel> {
  const file = (name: string) => `${url.replace(/\/+$/, '')}/${name}`;
  const [configBytes, vocabBytes, mergesBytes] = await Promise.all([
    fetchBytes(file('config.json'), { signal }),
    fetchBytes(file('vocab.json'), { signal, optional: true }),
    fetchBytes(file('merges.txt'), { signal, optional: true }),
  ]);
  const config = parseConfig(parseJson(file('config.json'), configBytes));
  const tokenizer =
    vocabBytes && mergesBytes
      ? new Tokenizer(
          parseJson(file('vocab.json'), vocabBytes) as Record<string, number>,
          new TextDecoder().decode(mergesBytes),
        )
      : undefined;
  if (tokenizer && tokenizer.size > config.vocab_size) {
    throw new ModelError(
      `vocab.json has ${tokenizer.size} tokens; config.json says vocab_size is ${config.vocab_size}.`,
    );
  }
  const bytes = await fetchBytes(file('model.safetensors'), { signal, onBytes });
  const weights = readWeights(config, bytes);
  return { config, weights, tokenizer, bytes: bytes.length, sha256: await sha256(bytes) };
}

function parseJson(name: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new ModelError(`${name} is not JSON.`);
  }
}

/** Web pages have `crypto.subtle` only over https and on localhost. */
async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (!globalThis.crypto?.subtle) return '';
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
