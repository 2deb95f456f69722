import { openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../../src/gpt2/config';
import type { Model } from '../../src/gpt2/reference';
import { dataStart, LENGTH_BYTES, parseHeader } from '../../src/gpt2/safetensors';

/** Read once and kept: every position begins with them, and the head is one of them. */
const KEPT = /^w[tp]e\./;

/**
 * A float32 model whose parameters are read from the disk each time they are asked for, so that one of any size can be
 * computed here a matrix at a time.
 * @param folder as `writeDrawnModel` makes it
 */
export function modelOnDisk(folder: string): Model {
  const config = parseConfig(JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')));
  const file = openSync(join(folder, 'model.safetensors'), 'r');
  const read = (begin: number, end: number) => {
    const bytes = new Uint8Array(end - begin);
    for (let done = 0; done < bytes.length; ) {
      const count = readSync(file, bytes, done, bytes.length - done, begin + done);
      if (count === 0) throw new Error(`${folder}: model.safetensors ends at byte ${begin + done}.`);
      done += count;
    }
    return bytes;
  };
  const start = dataStart(read(0, LENGTH_BYTES));
  const tensors = parseHeader(read(LENGTH_BYTES, start));
  const kept = new Map<string, Float32Array>();
  const get = (asked: string): Float32Array => {
    const name = asked === 'lm_head.weight' ? 'wte.weight' : asked;
    const known = kept.get(name);
    if (known) return known;
    const info = tensors.get(name);
    if (!info) throw new Error(`${folder}: model.safetensors has no ${name}.`);
    const [begin, end] = info.data_offsets;
    const values = new Float32Array(read(start + begin, start + end).buffer);
    if (KEPT.test(name)) kept.set(name, values);
    return values;
  };
  return { config, weights: { names: [...tensors.keys()], tied: true, get } };
}
