import * as Comlink from 'comlink';

/** A value whose arrays leave this thread with it. */
export const moved = <T extends object>(value: T, arrays: readonly Float32Array[]): T =>
  Comlink.transfer(value, [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))]);
