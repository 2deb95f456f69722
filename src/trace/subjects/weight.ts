import { ACTIVATION_NAMES, ACTIVATIONS } from '../../gpt2/activations';
import { isBlank, wholeNumber } from '../../sheet/arguments';
import { messages } from '../../sheet/messages';
import { likeliest } from '../../sheet/names';
import { textOf } from '../../sheet/prompt';
import { lookup } from '../kinds/lookup';
import { weightOperand } from '../operands';
import { strings } from '../strings';
import { type Asked, inside, type Resolve } from './subject';

const weight: Resolve = async (asked) => {
  const { reader } = asked;
  const all = await reader.parameters();
  const given = textOf('name', await asked.values(0));
  const name = given.trim().replace(/^transformer\./, '');
  const named = (wanted: string) => all.find((one) => one.name === wanted);
  const found = named(name) ?? (name === 'lm_head.weight' ? named('wte.weight') : undefined);
  if (!found) {
    const nearest = likeliest(
      name,
      all.map((one) => one.name),
      3,
    );
    throw messages.unknownName('name', given, nearest);
  }
  const [height, width] = found.shape.length > 1 ? found.shape : [1, found.shape[0]];
  const down = await range(asked, 1, ['row', 'rows'], height as number);
  const across = await range(asked, 2, ['col', 'cols'], width as number);
  inside(asked, down.count, across.count);
  const [row, column] = [down.first + asked.row, across.first + asked.column];
  const operand = await weightOperand(reader, `${found.name}[row, column]`, found.name, { row, column });
  const [, layer, short = found.name] = /^h\.(\d+)\.(.+)$/.exec(found.name) ?? [];
  // The tied head is the token embedding under another name.
  const names = found.name === 'wte.weight' && !named('lm_head.weight') ? [short, 'lm_head.weight'] : [short];
  const users = ACTIVATION_NAMES.filter((activation) =>
    ACTIVATIONS[activation].weights.some((used: string) => names.includes(used)),
  );
  return {
    title: {
      ...(layer !== undefined && { layer: Number(layer) }),
      row: { kind: 'row', index: row, label: strings.axes.parameterRow(found.name, row) },
      column: { kind: 'column', index: column, label: strings.axes.parameterColumn(column) },
      form: 'model',
    },
    about: strings.about.WEIGHT,
    calculation: lookup('w', `${found.name}[${row}, ${column}]`, operand, [
      strings.notes.parameter(found.name, height as number, width as number, users),
    ]),
    to: [],
  };
};

/** Where a part of `size` rows or columns begins, and how many there are in it. */
async function range(asked: Asked, at: number, [first, count]: [string, string], size: number) {
  const [given, many] = await Promise.all([asked.single(at), asked.single(at + 2)]);
  const from = wholeNumber(first, given, { least: 0, most: size - 1, otherwise: 0 });
  const most = size - from;
  return {
    first: from,
    count: wholeNumber(count, many, { least: 1, most, otherwise: isBlank(given) ? most : 1 }),
  };
}

/** The formulas that show the model itself. */
export const parameters: Readonly<Record<string, Resolve>> = { WEIGHT: weight };
