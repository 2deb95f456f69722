import * as attention from './attention';
import * as block from './block';
import * as embedding from './embedding';
import * as output from './output';
import * as text from './text';

/** Every formula by its id, which is the function's name in capitals, as `@customfunction` says in its JSDoc. */
export const formulas = Object.fromEntries(
  Object.entries({ ...text, ...embedding, ...attention, ...block, ...output }).map(([name, formula]) => [
    name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase(),
    formula,
  ]),
);
