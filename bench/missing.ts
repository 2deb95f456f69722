/** Something that the bench needs is not there; the message says how to get it. */
export class Missing extends Error {
  override name = 'Missing';

  /** @param fromNpm whether installing the bench's packages would bring it */
  constructor(what: string, fromNpm = true) {
    super(fromNpm ? `${what}. Once: npm ci --prefix bench` : what);
  }
}
