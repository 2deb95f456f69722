import type { Row } from '../row';
import { soak } from '../soak';
import { rows as embedded } from './embedded';
import { rows as grid } from './grid';
import { rows as lastWord } from './last-word';
import { rows as load } from './load';
import { rows as operations } from './operations';
import { rows as profile } from './profile';
import { rows as prompt } from './prompt';
import { rows as shapes } from './shapes';
import { rows as sheet } from './sheet';
import { rows as token } from './token';
import { rows as webgpu } from './webgpu';

/** All rows, in the order of the page. Those with the same models open stand together, so that few are opened anew. */
export const ROWS: readonly Row[] = [
  ...token,
  ...prompt,
  ...lastWord,
  ...sheet,
  ...grid,
  ...load,
  ...embedded,
  ...shapes,
  ...webgpu,
  ...profile,
  ...operations,
  soak,
];
