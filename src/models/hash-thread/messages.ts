/** What the thread is told. Bytes go along with their buffer. */
export type Order =
  | { readonly kind: 'update'; readonly buffer: ArrayBuffer; readonly length: number }
  | { readonly kind: 'restart' }
  | { readonly kind: 'digest' };

/** What it answers: the buffer of bytes that have been hashed, the digest, or why it can do no more. */
export type Answer =
  | { readonly kind: 'hashed'; readonly buffer: ArrayBuffer; readonly length: number }
  | { readonly kind: 'digest'; readonly value: string }
  | { readonly kind: 'failed'; readonly message: string };
