/** What is wrong with a model's files, a name or a text, in words a person can act on. */
export class ModelError extends Error {
  override name = 'ModelError';
}
