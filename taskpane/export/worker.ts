import * as Comlink from 'comlink';
import { weightsOf } from '../../src/gpt2/weights';
import { strings } from '../../src/standalone/strings';
import { standalone } from '../../src/standalone/workbook';
import { xlsxOf } from '../../src/xlsx/book';
import type { Maker } from './job';

/** Makes a workbook away from the page and from the engine: seconds of work, during which cells go on. */
const maker: Maker = {
  async make({ name, config, parameters, vocabulary, prompt, ids }, onProgress) {
    const model = { config, weights: weightsOf(config, parameters) };
    const source = { name, model, ...(vocabulary && { vocabulary, encode: () => [...ids] }) };
    const { sheets } = standalone(source, { prompt: prompt ?? ids });
    const properties = { title: strings.fileTitle(name), description: strings.description };
    const bytes = await xlsxOf(sheets, properties, onProgress);
    return Comlink.transfer(bytes, [bytes.buffer as ArrayBuffer]);
  },
};

Comlink.expose(maker);
