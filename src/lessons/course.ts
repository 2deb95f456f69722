import { attentionHead } from './course/attention-head';
import { depth } from './course/depth';
import { embeddings } from './course/embeddings';
import { generating } from './course/generating';
import { gptToGpt3 } from './course/gpt-to-gpt3';
import { layerNorm } from './course/layer-norm';
import { logits } from './course/logits';
import { mlp } from './course/mlp';
import { positions } from './course/positions';
import { queryKeyValue } from './course/query-key-value';
import { residualStream } from './course/residual-stream';
import { shots } from './course/shots';
import { textToTokens } from './course/tokens';
import type { Lesson } from './lesson';

/** All lessons, in the order in which they are taught. */
export const course: readonly Lesson[] = [
  textToTokens,
  embeddings,
  positions,
  layerNorm,
  queryKeyValue,
  attentionHead,
  mlp,
  residualStream,
  logits,
  generating,
  depth,
  shots,
  gptToGpt3,
];
