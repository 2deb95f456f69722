import { largest } from '../../gpt2/sampling';
import { cellsOf, isBlank, wholeNumber } from '../../sheet/arguments';
import { messages } from '../../sheet/messages';
import { samplingOf } from '../../sheet/sampling';
import type { Axis, Link } from '../explanation';
import { expressionOf } from '../expression';
import { callText } from '../formula';
import { type Calculation, LISTED } from '../kinds/calculation';
import { drawn, namedInDraw } from '../kinds/draw';
import { ranked } from '../kinds/rank';
import { linkTo, logitsOperand } from '../operands';
import { namesOf, positionAxis, positionLabel, type Run } from '../run';
import { calculationOf, probability } from '../stages';
import { strings } from '../strings';
import { runOf } from './stage';
import { type Asked, inside, type Resolve, type Subject } from './subject';

/** What LOGITS, PROBS and TOP have in common: a pass and one position of it. */
async function placeOf(asked: Asked, argument: number): Promise<{ run: Run; position: number }> {
  const run = await runOf(asked, { name: 'ln_final' });
  const T = run.tokens;
  const at = wholeNumber('position', await asked.single(argument), { least: -T, most: T - 1, otherwise: -1 });
  return { run, position: at < 0 ? T + at : at };
}

/** The token that a row of LOGITS or PROBS is about. */
async function tokenOf(asked: Asked): Promise<number> {
  const { vocab_size } = asked.config;
  const given = await asked.values(2);
  const named = isBlank(given) ? [] : cellsOf('tokens', given).flat();
  const all = named.every(isBlank);
  inside(asked, all ? vocab_size : named.length, 1);
  const token = all ? asked.row : named[asked.row];
  if (typeof token !== 'string' || token === '') {
    return wholeNumber('tokens', token, { least: 0, most: vocab_size - 1 });
  }
  const ids = await asked.reader.ids({ text: token });
  if (ids.length !== 1) throw messages.notOneToken('tokens', token, ids);
  return ids[0] as number;
}

async function tokenAxis(run: Run, id: number, rank?: number): Promise<Axis> {
  const token = (await namesOf(run.reader, [id]))?.[0];
  const label = strings.axes.id(id, token);
  return {
    ...(rank === undefined
      ? { kind: 'vocabulary', index: id, label }
      : { kind: 'rank', index: rank, label: strings.axes.rank(rank, label) }),
    ...(token !== undefined && { token }),
  };
}

/** The rows that LOGITS, PROBS and TOP take. */
const outputInput = (run: Run): string => (run.start ? expressionOf(run, { name: 'ln_final' }) : run.input);

const probsLink = (run: Run, position: number, id: number, axis: Axis): Link =>
  linkTo(
    strings.operands.entryOf(strings.nouns.probs, axis.label),
    callText('PROBS', outputInput(run), position),
    { row: id, column: 0, rows: 1, columns: 1 },
  );

const titleOf = (run: Run, position: number, column: Axis) => ({
  row: positionAxis(run, position, strings.axes.after),
  column,
  form: run.form,
});

const logits: Resolve = async (asked) => {
  const [{ run, position }, id] = await Promise.all([placeOf(asked, 1), tokenOf(asked)]);
  const axis = await tokenAxis(run, id);
  return logitSubject(run, position, id, axis);
};

async function logitSubject(run: Run, position: number, id: number, axis: Axis): Promise<Subject> {
  return {
    title: { activation: 'logits', ...titleOf(run, position, axis) },
    about: strings.about.LOGITS,
    calculation: await calculationOf({ run, name: 'logits', layer: 0, head: 0, row: position, column: id }),
    to: [probsLink(run, position, id, axis)],
  };
}

const probs: Resolve = async (asked) => {
  const [{ run, position }, id] = await Promise.all([placeOf(asked, 1), tokenOf(asked)]);
  const axis = await tokenAxis(run, id);
  return probabilitySubject(run, position, id, axis);
};

async function probabilitySubject(run: Run, position: number, id: number, axis: Axis): Promise<Subject> {
  const calculation = await probability(run, position, id);
  const values = calculation.operands[0]?.values ?? [];
  const place = largest(values, LISTED).indexOf(id);
  const area = { row: place, column: 0, rows: 1, columns: 4 };
  const listed = callText('TOP', outputInput(run), LISTED, position);
  return {
    title: titleOf(run, position, axis),
    about: strings.about.PROBS,
    calculation,
    to: place >= 0 ? [linkTo(strings.operands.inTop(place + 1), listed, area)] : [],
  };
}

const FIELDS = ['token', 'probability', 'logit', 'id'] as const;

const top: Resolve = async (asked) => {
  const { vocab_size } = asked.config;
  const count = wholeNumber('k', await asked.single(1), { least: 1, most: vocab_size, otherwise: 10 });
  const { run, position } = await placeOf(asked, 2);
  inside(asked, count, FIELDS.length);
  const row = await logitsOperand(run, position, 'logit');
  const rank = asked.row + 1;
  const order = largest(row.values, Math.max(rank, LISTED));
  const id = order[asked.row] as number;
  const axis = await tokenAxis(run, id, rank);
  const field = FIELDS[asked.column] as (typeof FIELDS)[number];
  if (field === 'logit') return logitSubject(run, position, id, axis);
  if (field === 'probability') return probabilitySubject(run, position, id, axis);
  const names = await nameMap(run, [...order.slice(0, LISTED), id]);
  return {
    title: titleOf(run, position, axis),
    about: strings.about.TOP,
    calculation: ranked({ logits: row, rank, names }, field === 'id' ? 'id' : 'text'),
    to: [probsLink(run, position, id, axis)],
  };
};

const next: Resolve = async (asked) => {
  const run = await runOf(asked, { name: 'ln_final' });
  inside(asked, 1, 1);
  const position = run.tokens - 1;
  const [temperature, top_k, top_p, seed] = await Promise.all([1, 2, 3, 4].map((at) => asked.single(at)));
  const sampling = samplingOf({ temperature, top_k, top_p, seed }, asked.config.vocab_size);
  const row = await logitsOperand(run, position, 'logit');
  const calculation =
    sampling.temperature === 0
      ? ranked({ logits: row, rank: 1, names: await nameMap(run, largest(row.values, LISTED)) }, 'text')
      : drawn(row, outputInput(run), sampling, await nameMap(run, namedInDraw(row.values, sampling)));
  return nextSubject(run, position, calculation);
};

async function nextSubject(run: Run, position: number, calculation: Calculation): Promise<Subject> {
  return {
    title: { row: positionAxis(run, position, strings.axes.after), form: run.form },
    about: strings.about.NEXT,
    calculation,
    from: [
      linkTo(
        strings.operands.row(strings.nouns.probs, positionLabel(run, position)),
        callText('PROBS', outputInput(run), position),
        { row: 0, column: 0, rows: run.config.vocab_size, columns: 1 },
      ),
    ],
    to: [],
  };
}

/** The texts of tokens by their ids. */
export async function nameMap(run: Run, ids: readonly number[]): Promise<Map<number, string>> {
  const names = (await namesOf(run.reader, ids)) ?? [];
  return new Map(names.map((name, i) => [ids[i] as number, name]));
}

/** The formulas behind the last LayerNorm: what comes next. */
export const outputs: Readonly<Record<string, Resolve>> = {
  LOGITS: logits,
  PROBS: probs,
  TOP: top,
  NEXT: next,
};
