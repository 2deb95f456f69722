import type { Config } from '../../gpt2/config';
import { Tokenizer } from '../../gpt2/tokenizer';
import { LibraryError } from '../errors';
import { messages } from '../messages';
import { parseJson, TOKENIZER, VOCABULARY } from '../plan';

/**
 * The tokenizer of a model's files: `vocab.json` with `merges.txt`, else what `tokenizer.json` has of the same.
 * @param read a file by its name; undefined where there is none
 * @returns undefined where there is neither, or another kind of tokenizer
 * @throws LibraryError, ModelError naming what is wrong with them
 */
export async function openVocabulary(
  config: Config,
  name: string,
  read: (file: string) => Promise<Uint8Array | undefined>,
): Promise<Tokenizer | undefined> {
  const [vocab, merges] = await Promise.all(VOCABULARY.map((file) => read(file)));
  const both =
    vocab && merges
      ? { vocab: parseJson(VOCABULARY[0], name, vocab), merges: new TextDecoder().decode(merges) }
      : byteLevel(await read(TOKENIZER), name);
  if (!both) return undefined;
  const tokenizer = new Tokenizer(both.vocab as Record<string, number>, both.merges);
  if (tokenizer.size > config.vocab_size) {
    throw new LibraryError('request', messages.vocabulary(tokenizer.size, config.vocab_size));
  }
  return tokenizer;
}

/** The parts of `tokenizer.json` that say what vocab.json and merges.txt do. */
interface Fast {
  readonly model?: {
    readonly type?: string;
    readonly vocab?: Record<string, number>;
    readonly merges?: readonly (string | readonly [string, string])[];
  };
  readonly added_tokens?: readonly { readonly id: number; readonly content: string }[];
  readonly pre_tokenizer?: { readonly type?: string; readonly add_prefix_space?: boolean };
}

function byteLevel(bytes: Uint8Array | undefined, name: string) {
  const fast = bytes && (parseJson(TOKENIZER, name, bytes) as Fast | null);
  const { model, added_tokens = [], pre_tokenizer } = fast ?? {};
  const ours =
    model?.type === 'BPE' && pre_tokenizer?.type === 'ByteLevel' && !pre_tokenizer.add_prefix_space;
  if (!ours || !model.vocab || !model.merges) return undefined;
  const added = added_tokens.map(({ content, id }) => [content, id] as const);
  return {
    vocab: { ...model.vocab, ...Object.fromEntries(added) },
    merges: model.merges.map((pair) => (typeof pair === 'string' ? pair : pair.join(' '))).join('\n'),
  };
}
