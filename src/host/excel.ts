import { Changes, type Step } from './changes';
import { debounced } from './debounce';
import { allFormulas } from './excel/formulas';
import { freezeFormula } from './excel/freeze';
import { insertBook } from './excel/insert';
import { rangeAt, valuesOf } from './excel/ranges';
import { has, need, run } from './excel/run';
import { readSelection } from './excel/selection';
import { shadeRange } from './excel/shading';
import { labelRange, writeBlock } from './excel/write';
import type { SheetHost } from './host';
import { sentences } from './sentences';

const changes = new Changes();

/** Does something that can be undone. @returns where */
async function change(
  part: Parameters<typeof need>[0],
  work: (context: Excel.RequestContext) => Promise<Step>,
): Promise<string> {
  need(part);
  const step = await run(work);
  changes.push(step);
  return step.address;
}

/** Excel itself, through Office.js. */
export const excelHost: SheetHost = {
  name: 'Excel',

  insertFormula: async (formula) => {
    need('cell');
    return run(async (context) => {
      const cell = context.workbook.getActiveCell();
      cell.load(['address', 'formulas', 'values']);
      await context.sync();
      // A cell that another formula spills into has a value but no formula of its own: it is taken too.
      if (cell.formulas[0]?.[0] !== '' || cell.values[0]?.[0] !== '') {
        throw new Error(sentences.notEmpty(cell.address));
      }
      cell.formulas = [[formula]];
      await context.sync();
      return cell.address;
    });
  },

  selectedAddress: async () => {
    need('cell');
    return run(async (context) => {
      const cell = context.workbook.getActiveCell();
      cell.load('address');
      await context.sync();
      return cell.address;
    });
  },

  recalculate: () =>
    run(async (context) => {
      context.workbook.application.calculate('Full');
      await context.sync();
    }),

  selection: async () => {
    need('selection');
    return run(readSelection);
  },

  onSelectionChange: (listener) => {
    const { call, cancel } = debounced(listener);
    const heard = async () => call();
    const listening = run(async (context) => {
      const { workbook } = context;
      const handlers: OfficeExtension.EventHandlerResult<unknown>[] = [
        workbook.onSelectionChanged.add(heard),
      ];
      if (has('calculated')) handlers.push(workbook.worksheets.onCalculated.add(heard));
      await context.sync();
      return handlers;
    });
    // Without events whoever listens still asks by itself, when it comes into view.
    listening.catch(() => undefined);
    return () => {
      cancel();
      void listening.then(async (handlers) => {
        for (const handler of handlers) handler.remove();
        await handlers[0]?.context.sync();
      });
    };
  },

  select: async (address) => {
    need('read');
    await run(async (context) => {
      const range = await rangeAt(context, address);
      range.worksheet.activate();
      range.select();
      await context.sync();
    });
  },

  read: async (address) => {
    need('read');
    return run(async (context) => valuesOf(context, await rangeAt(context, address)));
  },

  formulas: async () => {
    need('read');
    return run(allFormulas);
  },

  write: (block, sheet) => change('write', (context) => writeBlock(context, block, sheet)),
  insert: async (book, options) => {
    need('insert');
    const { step, names } = await run((context) => insertBook(context, book, options));
    changes.push(step);
    return names;
  },

  shade: (address, shading) => change('shade', (context) => shadeRange(context, address, shading)),
  labelRows: (address, labels) => change('labelRows', (context) => labelRange(context, address, labels)),
  freeze: (address) => change('freeze', (context) => freezeFormula(context, address)),
  lastChange: () => changes.last,
  undoLast: (regardless) => changes.undoLast(regardless),

  getSetting: async (key) => {
    need('settings');
    return run(async (context) => {
      const setting = context.workbook.settings.getItemOrNullObject(key);
      setting.load('value');
      await context.sync();
      return setting.isNullObject ? undefined : String(setting.value);
    });
  },

  setSetting: async (key, value) => {
    need('settings');
    await run(async (context) => {
      const { settings } = context.workbook;
      if (value === undefined) {
        const setting = settings.getItemOrNullObject(key);
        await context.sync();
        if (!setting.isNullObject) setting.delete();
      } else settings.add(key, value);
      await context.sync();
    });
  },
};
