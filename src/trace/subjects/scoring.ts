import { largest } from '../../gpt2/sampling';
import { messages } from '../../sheet/messages';
import { textOf } from '../../sheet/prompt';
import { LISTED } from '../kinds/calculation';
import { scored } from '../kinds/logprob';
import { logitsOperand } from '../operands';
import { idsRun, positionAxis } from '../run';
import { strings } from '../strings';
import { nameMap } from './output';
import { inside, type Resolve } from './subject';

const FIELDS = ['token', 'logprob', 'bits', 'rank'] as const;

const logprobs: Resolve = async (asked) => {
  const { reader, config, row, column, signal } = asked;
  const text = textOf('text', await asked.values(0));
  if (text === '') throw messages.notAllowed('text', text, 'a text of at least one token');
  const [start, ids] = await Promise.all([reader.ids({ text: '' }), reader.ids({ text })]);
  inside(asked, ids.length, FIELDS.length);
  const id = ids[row] as number;
  const field = FIELDS[column] as (typeof FIELDS)[number];
  const all = await reader.show(ids);
  if (field === 'token') return { sentence: strings.none.token(row, all[row] as string, id) };
  // What comes later makes no difference to a token.
  const run = await idsRun(reader, config, [...start, ...ids.slice(0, row)], signal);
  const logits = await logitsOperand(run, run.tokens - 1, 'logit');
  const order = largest(logits.values, LISTED);
  const names = await nameMap(run, [...order, id]);
  return {
    title: {
      row: positionAxis({ names: all }, row),
      column: { kind: 'field', index: column, label: strings.axes.scores[field] },
      form: 'prompt',
    },
    about: strings.about.LOGPROBS,
    calculation: scored(field, logits, id, order, names),
    to: [],
  };
};

/** The formulas that judge a text. */
export const scoring: Readonly<Record<string, Resolve>> = { LOGPROBS: logprobs };
