import { type Config, headWidth } from '../gpt2/config';
import { type Choice, holdsHeads, holdsMlp } from './choice';
import { COUNT, call, numbersOf, weight } from './formulas';
import type { Band, Page } from './page';
import { words } from './strings';
import type { Table } from './table';

/** What a block is laid out from. */
export interface BlockParts {
  readonly config: Config;
  readonly choice: Choice;
  readonly layer: number;
  /** → [T, d_model], the stream that enters the block. */
  readonly stream: string;
}

/**
 * Lays out one block, each table computed from the cells of those before it, so that a number overwritten anywhere
 * changes all that follows. Linear layers are MMULT with the model's weights; LayerNorm and GELU are the add-in's.
 *
 * @returns the stream as it leaves the block, [T, d_model]
 */
export function layBlock(page: Page, parts: BlockParts): Table {
  const { config, layer, stream } = parts;
  const d = config.n_embd;
  const one = (name: Band['name'], stage: string, more: Omit<Band, 'name' | 'parts'> = {}) => {
    const [table] = page.band({
      name,
      ...more,
      parts: [{ layer, columns: widthOf(name, parts), stage, across: 'dimensions' }],
    });
    return table as Table;
  };
  const ref = (table: Table) => numbersOf(table, page.name);

  const pre = one('resid_pre', stream);
  const ln1 = one('ln_1', call('LAYERNORM', ref(pre), layer, '"ln_1"'), {
    weights: `h.${layer}.ln_1.weight [${d}], h.${layer}.ln_1.bias [${d}]`,
  });
  const z = layHeads(page, parts, ln1);
  const attnOut = one('attn_out', attentionOut(page, parts, pre, z), {
    ...(!holdsHeads(config, parts.choice) && { more: words.otherHeads }),
    weights: `h.${layer}.attn.c_proj.weight [${d}, ${d}], h.${layer}.attn.c_proj.bias [${d}]`,
  });
  const mid = one('resid_mid', `${ref(pre)}+${ref(attnOut)}`);

  const ln2 = one('ln_2', call('LAYERNORM', ref(mid), layer, '"ln_2"'), {
    weights: `h.${layer}.ln_2.weight [${d}], h.${layer}.ln_2.bias [${d}]`,
  });
  const hidden = widthOf('mlp_pre', parts);
  const whole = holdsMlp(config, parts.choice);
  const partly = whole ? {} : { more: words.someNeurons(hidden, config.n_inner) };
  const c_fc = `h.${layer}.mlp.c_fc`;
  const mlpPre = one(
    'mlp_pre',
    `MMULT(${ref(ln2)},${weight(`${c_fc}.weight`, 0, 0, d, hidden)})+${weight(`${c_fc}.bias`, 0, 0, 1, hidden)}`,
    { ...partly, weights: `${c_fc}.weight [${d}, ${config.n_inner}], ${c_fc}.bias [${config.n_inner}]` },
  );
  const mlpPost = one('mlp_post', call('GELU', ref(mlpPre)), partly);
  const c_proj = `h.${layer}.mlp.c_proj`;
  const out = weight(`${c_proj}.weight`, 0, 0, hidden, d);
  const mlpOut = one(
    'mlp_out',
    whole
      ? `MMULT(${ref(mlpPost)},${out})+${weight(`${c_proj}.bias`, 0, 0, 1, d)}`
      : // All neurons, and what those on this sheet differ from the model's own.
        `${call('MLP_OUT', ref(mid), layer)}+MMULT(${ref(mlpPost)}-TAKE(${call('MLP_POST', ref(mid), layer)},${COUNT},${hidden}),${out})`,
    {
      ...(!whole && { more: words.otherNeurons }),
      weights: `${c_proj}.weight [${config.n_inner}, ${d}], ${c_proj}.bias [${d}]`,
    },
  );
  return one('resid_post', `${ref(mid)}+${ref(mlpOut)}`);
}

/** Queries to z of the chosen heads, side by side. @returns z of each */
function layHeads(page: Page, { config, choice, layer }: BlockParts, ln1: Table): Table[] {
  if (choice.heads.length === 0) return [];
  const d = config.n_embd;
  const width = headWidth(config);
  const ref = (table: Table | undefined) => numbersOf(table as Table, page.name);
  const c_attn = `h.${layer}.attn.c_attn`;
  const partly = holdsHeads(config, choice) ? {} : { more: words.someHeads(choice.heads, config.n_head) };
  const all = (
    name: Band['name'],
    columns: number,
    across: 'dimensions' | 'tokens',
    stage: (head: number, place: number) => string,
    weights?: string,
  ) =>
    page.band({
      name,
      ...partly,
      ...(weights && { weights }),
      parts: choice.heads.map((head, place) => ({
        layer,
        head,
        columns,
        across,
        stage: stage(head, place),
      })),
    });
  const third = (name: 'q' | 'k' | 'v', part: number) =>
    all(
      name,
      width,
      'dimensions',
      (head) => {
        const column = part * d + head * width;
        return `MMULT(${ref(ln1)},${weight(`${c_attn}.weight`, 0, column, d, width)})+${weight(`${c_attn}.bias`, 0, column, 1, width)}`;
      },
      `${c_attn}.weight [${d}, ${3 * d}], ${c_attn}.bias [${3 * d}]`,
    );
  const q = third('q', 0);
  const k = third('k', 1);
  const v = third('v', 2);
  const scores = all('attn_scores', choice.room, 'tokens', (_, at) => {
    const products = `MMULT(${ref(q[at])},TRANSPOSE(${ref(k[at])}))/SQRT(${width})`;
    return `IF(SEQUENCE(1,${COUNT})>SEQUENCE(${COUNT}),-1E+10,${products})`;
  });
  // EXP of what is masked is 0; the numbers that GPT-2 scores are far from where EXP has no more room.
  const pattern = all('pattern', choice.room, 'tokens', (_, at) => {
    const powers = `EXP(${ref(scores[at])})`;
    return `${powers}/MMULT(${powers},SEQUENCE(${COUNT},1,1,0))`;
  });
  return all('z', width, 'dimensions', (_, at) => `MMULT(${ref(pattern[at])},${ref(v[at])})`);
}

/** What attention writes to the stream: of all heads, or of all with those on the sheet in their own numbers. */
function attentionOut(page: Page, { config, choice, layer }: BlockParts, pre: Table, z: Table[]): string {
  const d = config.n_embd;
  const width = headWidth(config);
  const c_proj = `h.${layer}.attn.c_proj`;
  const results = z.map((table) => {
    const head = table.head as number;
    const written = `MMULT(${numbersOf(table, page.name)},${weight(`${c_proj}.weight`, head * width, 0, width, d)})`;
    if (holdsHeads(config, choice)) return written;
    return `${written}-${call('RESULT', numbersOf(pre, page.name), layer, head)}`;
  });
  const rest = holdsHeads(config, choice)
    ? weight(`${c_proj}.bias`, 0, 0, 1, d)
    : call('ATTN_OUT', numbersOf(pre, page.name), layer);
  return [...results, rest].join('+');
}

/** How many columns a table of the block has. */
function widthOf(name: Band['name'], { config, choice }: BlockParts): number {
  const hidden = name === 'mlp_pre' || name === 'mlp_post';
  return hidden ? Math.min(config.n_inner, choice.columns) : config.n_embd;
}
