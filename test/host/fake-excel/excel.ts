import { vi } from 'vitest';
import { area, onSheet } from '../../../src/workbook/address';
import { type Batch, startBatch } from './batch';
import { FakeBook, type FakeSheet } from './book';
import { fakeRange, type Objects } from './range';
import { fakeName, fakeWorksheet } from './worksheet';

/**
 * An Excel in memory that is as strict as the real one: nothing happens and nothing can be read before `sync`, and
 * only what was loaded can be read then.
 */
export class FakeExcel extends FakeBook {
  /** How often the page waited for Excel. */
  syncs = 0;
  /** Called at every sync, before what waits for it is done. */
  onSync: () => void = () => undefined;

  constructor(
    results?: ConstructorParameters<typeof FakeBook>[0],
    /** Of ExcelApi, behind the 1. */
    minor = 16,
  ) {
    super(results);
    const isSetSupported = (_: string, wanted: string) => Number(wanted.split('.')[1]) <= minor;
    vi.stubGlobal('Office', { context: { requirements: { isSetSupported } } });
    vi.stubGlobal('Excel', { run: (work: (context: unknown) => unknown) => work(this.#context()) });
  }

  fire(event: string): void {
    for (const handler of this.handlers.get(event) ?? []) void handler();
  }

  #context(): object {
    const batch = startBatch(() => {
      this.syncs++;
      this.onSync();
    });
    const objects: Objects = {
      batch,
      book: this,
      range: (locate, given = '') => fakeRange(objects, locate, given),
      worksheet: (find) => fakeWorksheet(objects, find),
    };
    const { later, loadable } = batch;
    const activeCell = () => ({ sheet: this.active, area: area(this.selected.split(':')[0] as string) });
    batch.context.workbook = {
      application: {
        calculate: () => undefined,
        suspendApiCalculationUntilNextSync: () => undefined,
        suspendScreenUpdatingUntilNextSync: () => undefined,
      },
      getActiveCell: () => objects.range(activeCell),
      getSelectedRanges: () =>
        loadable({ address: () => onSheet(this.active.name, this.selected), areaCount: () => 1 }, {}),
      onSelectionChanged: this.#event(batch, 'selection'),
      worksheets: this.#worksheets(objects),
      names: { getItemOrNullObject: (name: string) => fakeName(objects, () => this.names, name) },
      settings: {
        add: (key: string, value: string) => later(() => void this.settings.set(key, value)),
        getItemOrNullObject: (key: string) =>
          loadable(
            { value: () => this.settings.get(key) },
            { delete: () => later(() => void this.settings.delete(key)) },
            () => this.settings.has(key),
          ),
      },
    };
    return batch.context;
  }

  #worksheets({ batch, worksheet }: Objects): object {
    const called = (key: string) =>
      worksheet(() => this.sheets.find(({ id, name }) => key === name || key === id));
    return batch.loadable(
      { items: () => this.sheets.map(({ name, id }) => ({ name, id })) },
      {
        onCalculated: this.#event(batch, 'calculated'),
        getActiveWorksheet: () => worksheet(() => this.active),
        getItemOrNullObject: called,
        getItem: called,
        add: (name: string) => {
          let made: FakeSheet | undefined;
          batch.later(() => {
            this.checkSheetName(name);
            made = this.sheet(name);
            this.sheets.push(made);
          });
          return worksheet(() => (made && this.sheets.includes(made) ? made : undefined));
        },
      },
    );
  }

  #event({ context, later }: Batch, name: string): object {
    return {
      add: (handler: () => Promise<unknown>) => {
        later(() => {
          this.handlers.set(name, (this.handlers.get(name) ?? new Set()).add(handler));
        });
        return { context, remove: () => later(() => void this.handlers.get(name)?.delete(handler)) };
      },
    };
  }
}
