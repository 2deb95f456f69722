import * as arithmetic from './arithmetic';
import * as attention from './attention';
import * as block from './block';
import * as embedding from './embedding';
import * as generate from './generate';
import * as merges from './merges';
import * as model from './model';
import * as output from './output';
import * as scoring from './scoring';
import * as status from './status';
import * as text from './text';
import * as vectors from './vectors';

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
    ...vectors,
    ...model,
    ...arithmetic,
  }).map(([name, formula]) => [name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase(), formula]),
);
