import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Missing } from '../missing';
import { bench, dist } from '../places';
import { serve } from '../server';

/** Where the model lies on the site. */
export const MODEL = 'models/124m';

/**
 * The built add-in on a local server, with a model beside its own.
 * @param at where the model is to lie
 * @throws Missing when it has not been built
 */
export async function serveProduct(
  huggingFace: string,
  at: string = MODEL,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  if (!existsSync(join(dist, 'taskpane.html'))) {
    throw new Missing('These rows drive the built add-in, and dist/ has none: npm run build', false);
  }
  const folder = join(bench, 'node_modules/.cache/product');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'models'), { recursive: true });
  const link = (from: string, to: string) => symlinkSync(from, join(folder, to), 'junction');
  for (const name of readdirSync(dist)) if (name !== 'models') link(join(dist, name), name);
  for (const name of readdirSync(join(dist, 'models')))
    link(join(dist, 'models', name), join('models', name));
  link(huggingFace, at);
  return serve(folder);
}
