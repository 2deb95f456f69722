import type { ReadRequest } from './protocol';

/**
 * Keys for requests of one moment: the same for those that one forward pass can serve. Each prompt's are then answered when
 * its own pass is done, and cells are filled while the next prompt's runs. Where some give texts and some ids, nobody here
 * knows which are the same prompt: so they all have one key.
 */
export function promptsOf(requests: readonly ReadRequest[]): string[] {
  const texts = requests.some(({ from }) => 'text' in from);
  const ids = requests.some(({ from }) => 'ids' in from);
  return requests.map(({ from }) => {
    if ('start' in from) return 'cells';
    if (texts && ids) return 'prompts';
    return 'text' in from ? `text ${from.text}` : `ids ${from.ids.join()}`;
  });
}
