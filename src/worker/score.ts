import type { Want } from '../engine/api';
import type { Engine } from '../engine/engine';
import { scoreOf } from '../gpt2/scoring';
import type { ScoreAnswer, ScoreRequest } from '../rpc/protocol';

/** Numbers of logits to hold at a time, 8 MB. */
const LOGITS_AT_ONCE = 2 ** 21;

/**
 * Scores the tokens from `first` on, each after all that come before it. Logits are read a few positions at a time,
 * so that [T, V] of them are never there together.
 */
export async function scoreTokens(
  engine: Pick<Engine, 'config' | 'read'>,
  { ids, first }: ScoreRequest,
  signal?: AbortSignal,
): Promise<ScoreAnswer> {
  const atOnce = Math.max(1, Math.floor(LOGITS_AT_ONCE / engine.config.vocab_size));
  const scores: ScoreAnswer[number][] = [];
  for (let from = first; from < ids.length; from += atOnce) {
    const tokens = ids.slice(from, from + atOnce);
    const wants = tokens.map((_, i): Want => ({ name: 'logits', position: from + i - 1 }));
    const rows = await engine.read({ ids, wants, signal }); // each [V]
    rows.forEach(({ data }, i) => {
      scores.push(scoreOf(data, tokens[i] as number));
    });
  }
  return scores;
}
