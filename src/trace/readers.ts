import { ACTIVATIONS, dimension } from '../gpt2/activations';
import type { Area, Link } from './explanation';
import { expressionOf } from './expression';
import { type Reach, readersOf } from './flow';
import { linkTo } from './operands';
import { positionLabel } from './run';
import type { Spot } from './stages';
import { strings } from './strings';

/** The numbers that one number of an activation goes into, as links. */
export function readersOfSpot(spot: Spot): Link[] {
  const { run, name, layer, head, row, column } = spot;
  const { config, tokens } = run;
  const shown = expressionOf(run, { name, layer, head }, row);
  return readersOf(name, layer, config.n_layer).flatMap((reader): Link | Link[] => {
    // From cells on, the stream after a block and before the next are one formula: go on to who reads that.
    if (reader.reach === 'same' && expressionOf(run, reader) === shown) {
      return readersOfSpot({ ...spot, name: reader.name, layer: reader.layer });
    }
    const shape: readonly string[] = ACTIVATIONS[reader.name].shape;
    const whichHead = shape[0] === 'H' ? head : undefined;
    const part = { name: reader.name, layer: reader.layer, head: whichHead };
    if (reader.name === 'logits') {
      const area = { row: 0, column: 0, rows: config.vocab_size, columns: 1 };
      const label = strings.operands.row(strings.nouns.logits, positionLabel(run, row));
      return linkTo(label, expressionOf(run, part, row), area);
    }
    const width = dimension(ACTIVATIONS[reader.name].shape.at(-1) as 'd_model', config, tokens);
    const area = areaOf(reader.reach, row, column, width, tokens);
    const noun = strings.nouns[reader.name];
    const own: readonly string[] = ACTIVATIONS[name].shape;
    const label =
      reader.reach === 'asKey' || reader.reach === 'asValue'
        ? strings.operands.from(noun, positionLabel(run, row), whichHead)
        : strings.operands.row(noun, positionLabel(run, row), whichHead);
    const every = whichHead !== undefined && own[0] !== 'H';
    return linkTo(every ? strings.operands.everyHead(label) : label, expressionOf(run, part), area);
  });
}

function areaOf(reach: Reach, row: number, column: number, width: number, tokens: number): Area {
  switch (reach) {
    case 'same':
      return { row, column, rows: 1, columns: 1 };
    case 'row':
      return { row, column: 0, rows: 1, columns: width };
    case 'asQuery':
      return { row, column: 0, rows: 1, columns: row + 1 };
    case 'asKey':
      return { row, column: row, rows: tokens - row, columns: 1 };
    case 'asValue':
      return { row, column, rows: tokens - row, columns: 1 };
  }
}
