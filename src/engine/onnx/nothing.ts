import type { Graph } from './graph';
import { GraphBuilder } from './graph';

/** `x` → `y`, the same number: a session of it does nothing but start what runs sessions. */
export function nothingGraph(): Graph {
  const g = new GraphBuilder('nothing');
  g.node('Identity', [g.input('x', [1])], 'y');
  g.output('y', [1]);
  return g.build();
}
