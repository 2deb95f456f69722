/** A tensor to write: its type, shape and bytes. */
export interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** A safetensors file, its header padded to an odd length so that tensors are not aligned. */
export function safetensorsFile(entries: Record<string, Entry>): Uint8Array {
  let at = 0;
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  for (const [name, { dtype, shape, bytes }] of Object.entries(entries)) {
    header[name] = { dtype, shape, data_offsets: [at, at + bytes.length] };
    at += bytes.length;
  }
  let json = JSON.stringify(header);
  if (json.length % 2 === 0) json += ' ';
  const out = new Uint8Array(8 + json.length + at);
  new DataView(out.buffer).setBigUint64(0, BigInt(json.length), true);
  out.set(new TextEncoder().encode(json), 8);
  let to = 8 + json.length;
  for (const { bytes } of Object.values(entries)) {
    out.set(bytes, to);
    to += bytes.length;
  }
  return out;
}

/** Float32 numbers as a tensor. */
export const f32 = (values: ArrayLike<number>, shape: readonly number[] = [values.length]): Entry => ({
  dtype: 'F32',
  shape,
  bytes: new Uint8Array(new Float32Array(values).buffer),
});
