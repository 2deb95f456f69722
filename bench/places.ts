import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Folders of the project, told by run.js, because the bundle of the bench lies elsewhere. */
export const root: string = process.env.BENCH_ROOT ?? process.cwd();
export const bench: string = resolve(root, 'bench');
export const dist: string = resolve(root, 'dist');

/** The project's own static server, which finds its folder from where it lies. */
export const serving = (): Promise<typeof import('../build/serve.js')> =>
  import(pathToFileURL(resolve(root, 'build/serve.js')).href);
