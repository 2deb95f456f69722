import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Numbers } from '../../src/gpt2/arithmetic';
import { type Activations, forward, type Hook } from '../../src/gpt2/reference';
import { largest } from '../../src/gpt2/sampling';
import { difference } from '../support/agreement';
import { type Chain, cellOf, chainOf, type Stage, topOf } from '../support/chain';
import { type Prompt, servedModels } from '../support/chain-models';
import { callFormulas } from '../support/formulas';
import { useSite } from '../support/site';
import { type OpenWorkbench, openWorkbench, type Value } from '../support/workbench';

const MOST = 1e-4;
const SHEET = 'Scratch';
const on = (address: string) => `${SHEET}!${address}`;

const models = servedModels();
const site = useSite({
  models: (folder) => {
    for (const { serve } of models) serve(folder);
  },
});

/** The largest relative difference of each kind of stage. */
class Worst {
  readonly #stages = new Map<string, number>();

  add(name: string, relative: number): void {
    this.#stages.set(name, Math.max(this.#stages.get(name) ?? 0, relative));
  }

  get largest(): number {
    return Math.max(...this.#stages.values());
  }

  report(title: string): void {
    const each = [...this.#stages].map(([name, relative]) => `${name} ${relative.toExponential(1)}`);
    console.log(`${title}, largest relative difference: ${each.join(', ')}`);
    for (const [name, relative] of this.#stages) expect(relative, name).toBeLessThanOrEqual(MOST);
  }
}

const numbersIn = (cells: readonly (readonly unknown[])[]): Float64Array =>
  Float64Array.from(cells.flat(), (value) => (typeof value === 'number' ? value : Number.NaN));

describe.each(models)('$name', ({ name, query, backend, model, prompts }) => {
  const V = model.config.vocab_size;
  const edited = prompts.at(-1) as Prompt;
  const plain = forward(model, edited.ids, 'float64');
  let workbench: OpenWorkbench;
  let chain: Chain;
  beforeAll(async () => {
    workbench = await openWorkbench(site.browser, site.url, { query });
  });
  afterAll(() => workbench?.close());

  /** Puts a chain into the sheet and has it calculated. */
  async function lay(prompt: Prompt): Promise<void> {
    if (chain) {
      await workbench.set({ [on(chain.range)]: null });
      await workbench.settled();
    }
    chain = chainOf(model.config, prompt, SHEET);
    await workbench.set(chain.cells);
    await workbench.settled();
  }

  const read = () => workbench.values(...chain.stages.map(({ range }) => on(range)));
  const show = async (address: string) => ((await workbench.values(on(address))) as [Value[][]])[0];

  /** Compares every stage in cells with the right numbers, as soon as a busy machine shows them. */
  async function compared(right: (stage: Stage) => Numbers | undefined): Promise<Worst> {
    const expected = chain.stages.map(right);
    let worst = new Worst();
    const look = async () => {
      worst = new Worst();
      const cells = await read();
      chain.stages.forEach(({ name }, i) => {
        const numbers = expected[i];
        if (numbers) worst.add(name, difference(numbersIn(cells[i] ?? []), numbers).relative);
      });
      return worst.largest;
    };
    // What is wrong is reported stage by stage.
    await expect
      .poll(look, { timeout: 60_000 })
      .toBeLessThanOrEqual(MOST)
      .catch(() => {});
    return worst;
  }

  /** Compares every stage in cells with a float64 forward pass, and the tokens behind them. */
  async function follows(
    title: string,
    right: (stage: Stage) => Activations,
    end: Activations,
  ): Promise<void> {
    const worst = await compared((stage) => stage.right(right(stage)));
    worst.report(title);
    const logits = lastLogits(end);
    const ids = largest(logits, topOf(model.config));
    await expect.poll(async () => (await show(chain.top)).map(([, , , id]) => id)).toEqual(ids);
    const [[likeliest] = []] = await show(chain.top);
    await expect.poll(() => show(chain.next)).toEqual([[likeliest]]);
  }

  const lastLogits = (acts: Activations) => (acts.get('logits') as Numbers).slice(-V);

  it('is opened by the workbench’s address, which names the back end too', async () => {
    await workbench.set({ [on('A1')]: '=GPT2.STATUS()' });
    const said = async () => (await workbench.read(on('A1'))).value;
    await expect.poll(said).toMatch(`${name} is ready. ${backend}`);
    await workbench.set({ [on('A1')]: null });
  });

  it.each(prompts)('in cells, stage by stage, is the model of the prompt $input', async (prompt) => {
    await lay(prompt);
    const calls = chain.stages.flatMap(({ prompt }) => (prompt ? [prompt] : []));
    const { input } = prompt;
    const answers = await callFormulas(workbench.pane, [
      ...calls,
      ['TOP', input, topOf(model.config)],
      ['NEXT', input],
    ]);
    const worst = await compared(({ prompt }) =>
      prompt ? numbersIn(answers[calls.indexOf(prompt)] as number[][]) : undefined,
    );
    worst.report(`${name}, T = ${prompt.ids.length}, cells and prompt`);
    const [top, next] = answers.slice(-2) as [Value[][], string];
    await expect.poll(() => show(chain.next)).toEqual([[next]]);
    const got = await show(chain.top);
    expect(got.map(([token, , , id]) => [token, id])).toEqual(top.map(([token, , , id]) => [token, id]));
    for (const column of [1, 2]) {
      const [is, right] = [got, top].map((rows) => numbersIn(rows.map((row) => [row[column]])));
      expect(difference(is as Numbers, right as Numbers).relative).toBeLessThanOrEqual(MOST);
    }
    const acts = forward(model, prompt.ids, 'float64');
    await follows(`${name}, T = ${prompt.ids.length}, cells and float64`, () => acts, acts);
  });

  /** A number for one cell of the stream's last row with which another token comes next. */
  function turning(): { column: number; value: number; acts: Activations } {
    const { n_embd: d } = model.config;
    const { layer } = chain.editable;
    const [before] = largest(lastLogits(plain), 1);
    for (const value of [3, -3, 12, -12, 50, -50, 200, -200]) {
      for (let column = 0; column < d; column++) {
        const acts = forward(model, edited.ids, 'float64', (name, at, values) => {
          if (name === 'resid_mid' && at === layer) values[values.length - d + column] = value;
        });
        const logits = lastLogits(acts);
        const [first, second] = largest(logits, 2) as [number, number];
        // Not by a hair: the cells compute in float32.
        if (first !== before && (logits[first] as number) - (logits[second] as number) > 0.05) {
          return { column, value, acts };
        }
      }
    }
    throw new Error('No number in this row changes the next token.');
  }

  it('follows a number that is typed over in the middle of the stream, to another next token', async () => {
    const before = await show(chain.next);
    const { column, value, acts } = turning();
    const at = on(cellOf(chain.editable.midRow, 0, column));
    const { formula } = await workbench.read(at);
    await workbench.type(at, String(value));
    await workbench.settled();
    const title = `${name}, ${at} is ${value}, cells and float64`;
    await follows(title, ({ after }) => (after ? acts : plain), acts);
    const next = await show(chain.next);
    console.log(`${name}: ${at} is ${value}, and ${JSON.stringify(before)} becomes ${JSON.stringify(next)}`);
    expect(next).not.toEqual(before);
    await workbench.set({ [at]: formula as string });
    await expect.poll(() => show(chain.next)).toEqual(before);
    await workbench.settled();
  });

  it('follows a row of an attention pattern that is done natively', async () => {
    const { layer, head, patternRow } = chain.editable;
    const T = edited.ids.length;
    const equal: Hook = (name, at, values) => {
      if (name !== 'pattern' || at !== layer) return;
      values.fill(1 / T, ((head + 1) * T - 1) * T, (head + 1) * T * T);
    };
    const acts = forward(model, edited.ids, 'float64', equal);
    const row = Array.from({ length: T }, (_, c) => [
      on(cellOf(patternRow, 0, c)),
      `=1/COLUMNS(${patternRow})`,
    ]);
    const before = await read();
    await workbench.set(Object.fromEntries(row));
    await workbench.settled();
    const title = `${name}, layer ${layer}, head ${head} looks everywhere alike, cells and float64`;
    await follows(title, ({ after }) => (after ? acts : plain), acts);
    expect(await read()).not.toEqual(before);
  });
});
