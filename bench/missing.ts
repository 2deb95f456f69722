/** Something that the bench needs is not there; the message says how to get it. */
export class Missing extends Error {
  override name = 'Missing';
}
