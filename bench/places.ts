import { resolve } from 'node:path';

/** Folders of the project, told by run.js, because the bundle of the bench lies elsewhere. */
export const root: string = process.env.BENCH_ROOT ?? process.cwd();
export const bench: string = resolve(root, 'bench');
export const dist: string = resolve(root, 'dist');
