import { ACTIVATIONS, type ActivationName, dimension } from '../../gpt2/activations';
import { choice, isBlank, layerOf, wholeNumber } from '../../sheet/arguments';
import type { Axis, Link } from '../explanation';
import { expressionOf } from '../expression';
import { linkTo } from '../operands';
import { readersOfSpot } from '../readers';
import { openRun, positionAxis, positionLabel, type Run, type Takes } from '../run';
import { calculationOf, meanPattern, type Spot } from '../stages';
import { strings } from '../strings';
import { type Asked, inside, type Resolve, type Subject } from './subject';

/** The pass of the call's first argument. */
export async function runOf(asked: Asked, takes: Takes | undefined): Promise<Run> {
  const { reader, config, args, signal } = asked;
  return openRun(reader, config, args[0] || '""', await asked.values(0), takes, signal);
}

/** One number of an activation, whichever formula shows it. */
export async function stageSubject(spot: Spot): Promise<Subject> {
  const { run, name, layer, head, row } = spot;
  const perHead = (ACTIVATIONS[name].shape as readonly string[])[0] === 'H';
  const perLayer = ACTIVATIONS[name].per === 'layer';
  return {
    title: {
      activation: name,
      ...(perLayer && { layer }),
      ...(perHead && { head }),
      row: positionAxis(
        run,
        row,
        name === 'attn_scores' || name === 'pattern' ? strings.axes.query : undefined,
      ),
      column: columnAxis(spot),
      form: run.form,
    },
    about: ACTIVATIONS[name].about,
    calculation: await calculationOf(spot),
    from: besides(spot),
    to: readersOfSpot(spot),
  };
}

/** What a column of an activation means. */
function columnAxis({ run, name, column }: Spot): Axis {
  if (name === 'attn_scores' || name === 'pattern') return positionAxis(run, column, strings.axes.key);
  const kind = name === 'mlp_pre' || name === 'mlp_post' ? 'neuron' : 'dimension';
  return { kind, index: column, label: strings.axes[kind](column) };
}

/** Where a number comes from besides its operands: the token's id; the same number as it left the block before. */
function besides({ run, name, layer, row, column }: Spot): Link[] {
  if (name === 'embed' && run.idsFormula) return [idLink(run, run.idsFormula, row)];
  if (name !== 'resid_pre' || layer === 0) return [];
  const before = { name: 'resid_post', layer: layer - 1 } as const;
  const label = strings.operands.row(strings.nouns.resid_post, positionLabel(run, row));
  const area = { row, column, rows: 1, columns: 1 };
  return [linkTo(label, expressionOf(run, before), area)];
}

const idLink = (run: Run, ids: string, row: number): Link =>
  linkTo(strings.operands.row(strings.nouns.id, positionLabel(run, row)), ids, {
    row,
    column: 0,
    rows: 1,
    columns: 1,
  });

/** A stage whose cells begin with `takes`, or that takes no cells; the spill has a row for each token. */
async function stage(
  asked: Asked,
  takes: Takes | undefined,
  name: ActivationName,
  layer = 0,
  head = 0,
): Promise<Subject> {
  const run = await runOf(asked, takes);
  inside(asked, run.tokens, dimension(ACTIVATIONS[name].shape.at(-1) as 'd_model', asked.config, run.tokens));
  return stageSubject({ run, name, layer, head, row: asked.row, column: asked.column });
}

const headOf = async (asked: Asked, at: number) =>
  wholeNumber('head', await asked.single(at), { least: 0, most: asked.config.n_head - 1 });

const layerArgument = async (asked: Asked) => layerOf(await asked.single(1), asked.config);

/** A formula of a head, or of a whole block. */
const ofBlock =
  (name: ActivationName, takes: 'resid_pre' | 'resid_mid', perHead = false): Resolve =>
  async (asked) => {
    const layer = await layerArgument(asked);
    const head = perHead ? await headOf(asked, 2) : 0;
    return stage(asked, { name: takes, layer }, name, layer, head);
  };

const finalNorm: Resolve = (asked) =>
  stage(asked, { name: 'resid_post', layer: asked.config.n_layer - 1 }, 'ln_final');

const attention: Resolve = async (asked) => {
  if (!isBlank(await asked.single(2))) return ofBlock('pattern', 'resid_pre', true)(asked);
  const layer = await layerArgument(asked);
  const run = await runOf(asked, { name: 'resid_pre', layer });
  inside(asked, run.tokens, run.tokens);
  const { row, column } = asked;
  return {
    title: {
      activation: 'pattern',
      layer,
      row: positionAxis(run, row, strings.axes.query),
      column: positionAxis(run, column, strings.axes.key),
      form: run.form,
    },
    about: strings.about.meanPattern,
    calculation: await meanPattern({ run, layer, row, column }),
    to: [],
  };
};

const embedding = async (asked: Asked, name: 'embed' | 'pos_embed', value: unknown): Promise<Subject> => {
  const { reader, config, args, signal, row, column } = asked;
  const run = await openRun(reader, config, args[0] || '""', value, undefined, signal);
  inside(asked, run.tokens, config.n_embd);
  return stageSubject({ run, name, layer: 0, head: 0, row, column });
};

/** POSITION also takes the number of places. */
const position: Resolve = async (asked) => {
  const value = await asked.values(0);
  const cells = Array.isArray(value) ? (value as unknown[][]) : [[value]];
  const alone = cells.length === 1 && cells[0]?.length === 1 ? cells[0][0] : undefined;
  if (typeof alone !== 'number') return embedding(asked, 'pos_embed', value);
  const places = wholeNumber('input', alone, { least: 1, most: asked.config.n_positions });
  const subject = await embedding(asked, 'pos_embed', new Array(places).fill([0]));
  const { token: _, ...row } = subject.title.row as Axis;
  const label = strings.axes.at(strings.axes.position, row.index, undefined);
  return { ...subject, title: { ...subject.title, row: { ...row, label } }, to: [] };
};

const residual: Resolve = async (asked) => {
  const point = choice('point', await asked.single(2), ['pre', 'mid', 'post']);
  return stage(asked, undefined, `resid_${point}`, await layerArgument(asked));
};

const layerNorm: Resolve = async (asked) => {
  const which = choice('which', await asked.single(2), ['ln_1', 'ln_2', 'ln_f']);
  if (which === 'ln_f') return finalNorm(asked);
  return ofBlock(which, which === 'ln_1' ? 'resid_pre' : 'resid_mid')(asked);
};

const block: Resolve = async (asked) => {
  const first = await layerArgument(asked);
  const most = asked.config.n_layer - 1;
  const last = wholeNumber('last_layer', await asked.single(2), { least: first, most, otherwise: first });
  return stage(asked, { name: 'resid_pre', layer: first }, 'resid_post', last);
};

/** The formulas that show activations, a row for each token. */
export const stages: Readonly<Record<string, Resolve>> = {
  EMBED: async (asked) => embedding(asked, 'embed', await asked.values(0)),
  POSITION: position,
  RESID: residual,
  LAYERNORM: layerNorm,
  QUERY: ofBlock('q', 'resid_pre', true),
  KEY: ofBlock('k', 'resid_pre', true),
  VALUE: ofBlock('v', 'resid_pre', true),
  SCORES: ofBlock('attn_scores', 'resid_pre', true),
  ATTN: attention,
  HEAD: ofBlock('z', 'resid_pre', true),
  RESULT: ofBlock('result', 'resid_pre', true),
  ATTN_OUT: ofBlock('attn_out', 'resid_pre'),
  MLP_PRE: ofBlock('mlp_pre', 'resid_mid'),
  MLP_POST: ofBlock('mlp_post', 'resid_mid'),
  MLP_OUT: ofBlock('mlp_out', 'resid_mid'),
  BLOCK: block,
  FINAL: finalNorm,
};
