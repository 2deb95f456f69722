import type { Config } from '../../src/gpt2/config';
import { type Choice, listText } from '../../src/layout/choice';
import type { Extent } from '../../src/layout/extent';
import { count, strings as shared } from '../strings';

const several = (n: number, one: string, many: string) => `${count(n)} ${n === 1 ? one : many}`;

/** Every word of the section that lays a model out. A translation replaces this file alone. */
export const strings = {
  heading: 'Lay the model out',
  lead: 'Sheets with every stage of the model, each by its own formula on the cells before it. Overwrite a number on the way, and the next word may change.',
  noSheet: 'No spreadsheet around this page. Open the add-in in Excel, or the workbench, to lay a model out.',
  noModel: 'Sheets can be made as soon as a model is open.',
  noVocabulary:
    'This model has no vocabulary file, and a layout begins with a text. Open one with a vocabulary under Model.',
  prompt: 'Prompt',
  follow: 'Follow the selected cell',
  choose: 'Choose what is laid out',
  fields: {
    room: { label: 'Room', about: 'The longest prompt, in tokens, that fits.' },
    layers: { label: 'Layers', about: 'A sheet each; those between are one formula.' },
    heads: { label: 'Heads', about: 'From queries to what they gather, in each of these layers.' },
    columns: {
      label: 'Columns',
      about: 'Neurons of each MLP, and yellow cells across. Other tables are whole, to look at.',
    },
  },
  lists: (most: number) => `Such as “0, 2-${Math.max(2, Math.min(4, most))}”; “all” for 0 to ${most}.`,
  noHeads: 'One head of this model has more weights than a formula may hold; its heads are not laid out.',
  extent: ({ sheets, formulas, cells, overwritable }: Extent) =>
    `${several(sheets, 'sheet', 'sheets')} with ${several(formulas, 'formula', 'formulas')} that fill up to ${several(cells, 'cell', 'cells')}; ${several(overwritable, 'number', 'numbers')} can be overwritten.`,
  wide: (width: number, heads: number) =>
    `${count(width)} numbers for each token and ${several(heads, 'head', 'heads')} are more than anybody reads on sheets. So a part is laid out, and formulas for the rest run along. Choose which part.`,
  parts: ({ n_layer, n_head, n_inner }: Config, { layers, heads, columns }: Choice) => {
    if (layers.length === 0) return 'All blocks as one formula.';
    const neurons = columns < n_inner ? ` and ${count(columns)} of ${count(n_inner)} neurons` : '';
    if (layers.length === n_layer && heads.length === n_head && neurons === '')
      return 'Every block in full, with all of its heads.';
    const blocks = `${layers.length === 1 ? 'Block' : 'Blocks'} ${listText(layers)}`;
    const which =
      heads.length === 0
        ? 'without heads'
        : `with ${heads.length === 1 ? 'head' : 'heads'} ${listText(heads)} of ${count(n_head)}`;
    const rest = layers.length < n_layer ? '; the others as one formula for each run' : '';
    return `${blocks}, ${which}${neurons}${rest}.`;
  },
  layOut: 'Lay out',
  tooLong: (tokens: number, room: number) =>
    `The prompt is ${shared.model.tokens(tokens)}, and there is room for ${count(room)}. Give it more room, or a shorter prompt.`,
  wentWrong: 'The sheets could not be inserted.',
} as const;
