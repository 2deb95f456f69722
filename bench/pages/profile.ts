import * as Comlink from 'comlink';
import type { ProfileWorker, Split } from './profile-worker';

/** Where the engine's time goes. */
export interface Profile {
  readonly token: Split;
  readonly prompt: Split;
  /** Milliseconds of single operations, for one row and for as many as the prompt has. */
  readonly one: Record<string, number>;
  readonly many: Record<string, number>;
}

export async function profile(
  model: string,
  threads: number,
  prompts: readonly (readonly number[])[],
  following: readonly number[],
): Promise<Profile> {
  const worker = new Worker(new URL('profile-worker.js', document.baseURI), { type: 'module' });
  const remote = Comlink.wrap<ProfileWorker>(worker);
  await remote.open(model, new URL('ort/', document.baseURI).href, threads);
  const [first, ...others] = prompts;
  const token = await remote.tokens(first as number[], following);
  await remote.prompts(others.slice(0, 1));
  const prompt = await remote.prompts(others.slice(1));
  const one = await remote.operations(1, 30);
  const many = await remote.operations((first as number[]).length, 8);
  worker.terminate();
  return { token, prompt, one, many };
}
