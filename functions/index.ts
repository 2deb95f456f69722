import * as attention from './attention';
import * as block from './block';
import * as embedding from './embedding';
import * as generate from './generate';
import * as merges from './merges';
import * as output from './output';
import * as scoring from './scoring';
import * as status from './status';
import * as text from './text';

/** Every formula by its id, which is the function's name in capitals, as `@customfunction` says in its JSDoc. */
export const formulas = Object.fromEntries(
  Object.entries({
    ...text,
    ...merges,
    ...embedding,
    ...attention,
    ...block,
    ...output,
    ...generate,
    ...scoring,
    ...status,
  }).map(([name, formula]) => [name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase(), formula]),
);
