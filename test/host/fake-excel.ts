import { vi } from 'vitest';
import {
  type Area,
  addressOfArea,
  area,
  columnNumber,
  onSheet,
  partsOf,
  sizeOf,
} from '../../src/workbook/address';

type Content = string | number | boolean;

interface FakeCell {
  /** A formula with its `=`, or a value; undefined where there is neither. */
  content?: Content | undefined;
  numberFormat: string;
  font: Record<string, unknown>;
  /** Other formats that were set. */
  format: Record<string, unknown>;
}

interface FakeFormat {
  id: string;
  kind: string;
  range: string;
  criteria?: unknown;
  rule?: unknown;
  stopIfTrue?: boolean;
}

interface FakeSheet {
  id: string;
  name: string;
  cells: Map<string, FakeCell>;
  formats: FakeFormat[];
}

interface Place {
  sheet: FakeSheet;
  area: Area;
}

/**
 * An Excel in memory that is as strict as the real one: nothing happens and nothing can be read before `sync`, and
 * only what was loaded can be read then. Formulas give what the test says they give, and spill.
 */
export class FakeExcel {
  readonly sheets: FakeSheet[] = [this.#sheet('Sheet1')];
  active = this.sheets[0] as FakeSheet;
  selected = 'A1';
  readonly names = new Map<string, string>();
  readonly settings = new Map<string, string>();
  readonly handlers = new Map<string, Set<() => Promise<unknown>>>();
  /** How often the page waited for Excel. */
  syncs = 0;
  #ids = 0;

  /** @param results what each formula gives, by rows */
  constructor(
    private readonly results: Readonly<Record<string, readonly (readonly Content[])[]>> = {},
    /** Of ExcelApi, behind the 1. */
    minor = 16,
  ) {
    vi.stubGlobal('Office', {
      context: {
        requirements: {
          isSetSupported: (_: string, wanted: string) => Number(wanted.split('.')[1]) <= minor,
        },
      },
    });
    vi.stubGlobal('Excel', { run: (work: (context: unknown) => unknown) => work(this.#context()) });
  }

  #sheet(name: string): FakeSheet {
    return { id: `{${name}}`, name, cells: new Map(), formats: [] };
  }

  /** Puts something into a cell as a person would. */
  set(address: string, content: Content | undefined): void {
    const { sheet, area: at } = this.#at(address);
    this.#cell(sheet, at.top, at.left).content = content;
  }

  /** What a cell shows. */
  value(address: string): Content {
    const { sheet, area: at } = this.#at(address);
    return this.#value(sheet, at.top, at.left);
  }

  cell(address: string): FakeCell {
    const { sheet, area: at } = this.#at(address);
    return this.#cell(sheet, at.top, at.left);
  }

  fire(event: string): void {
    for (const handler of this.handlers.get(event) ?? []) void handler();
  }

  #at(address: string): Place {
    const { sheet, cells } = partsOf(address);
    return { sheet: this.sheets.find(({ name }) => name === sheet) ?? this.active, area: area(cells) };
  }

  #cell(sheet: FakeSheet, row: number, column: number): FakeCell {
    const key = `${row},${column}`;
    const cell = sheet.cells.get(key) ?? {
      numberFormat: 'General',
      font: { name: 'Calibri', bold: false },
      format: {},
    };
    sheet.cells.set(key, cell);
    return cell;
  }

  /** What fills a cell: the formula's place and all that it fills. */
  #spill(sheet: FakeSheet, row: number, column: number): { anchor: Area; all: Area } | undefined {
    for (const [key, { content }] of sheet.cells) {
      const rows = typeof content === 'string' ? this.results[content] : undefined;
      const [top = 0, left = 0] = key.split(',').map(Number);
      if (!rows) continue;
      const all = { top, left, bottom: top + rows.length - 1, right: left + (rows[0]?.length ?? 0) - 1 };
      if (row < top || row > all.bottom || column < left || column > all.right) continue;
      const others = [...sheet.cells].filter(([other, each]) => {
        const [r = 0, c = 0] = other.split(',').map(Number);
        const within = r >= top && r <= all.bottom && c >= left && c <= all.right;
        return within && other !== key && each.content !== undefined;
      });
      const anchor = { top, left, bottom: top, right: left };
      return others.length > 0 ? { anchor, all: anchor } : { anchor, all };
    }
    return undefined;
  }

  #value(sheet: FakeSheet, row: number, column: number): Content {
    const { content } = this.#cell(sheet, row, column);
    const spill = this.#spill(sheet, row, column);
    if (content !== undefined && !String(content).startsWith('=')) return content;
    if (!spill) return '';
    const { anchor, all } = spill;
    const formula = this.#cell(sheet, anchor.top, anchor.left).content as string;
    const rows = this.results[formula] as readonly (readonly Content[])[];
    if (sizeOf(all).rows * sizeOf(all).columns < rows.length * (rows[0]?.length ?? 0)) return '#SPILL!';
    return rows[row - anchor.top]?.[column - anchor.left] ?? '';
  }

  #write(sheet: FakeSheet, row: number, column: number, content: unknown): void {
    const cell = this.#cell(sheet, row, column);
    if (content === '') cell.content = undefined;
    else if (typeof content === 'string' && content.startsWith("'")) cell.content = content.slice(1);
    // Excel reads what it is given as if it were typed.
    else if (typeof content === 'string' && content.trim() !== '' && !Number.isNaN(Number(content))) {
      cell.content = Number(content);
    } else cell.content = content as Content;
  }

  /** A batch: what is asked of it waits for `sync`. */
  #context() {
    const queue: (() => void)[] = [];
    const later = (work: () => void) => void queue.push(work);

    /** An object whose properties are there once they were loaded and synced. */
    const loadable = <T extends object>(
      properties: Record<string, () => unknown>,
      own: T,
      exists: () => boolean = () => true,
    ) => {
      const loaded = new Map<string, unknown>();
      let missing: boolean | undefined;
      later(() => {
        missing = !exists();
      });
      const base = {
        context,
        load: (wanted: string | string[]) => {
          for (const name of [wanted].flat()) {
            const [first = ''] = name.split('/');
            if (!(first in properties)) throw new Error(`${name} cannot be loaded.`);
            later(() => exists() && loaded.set(first, properties[first]?.()));
          }
        },
      };
      return new Proxy(
        Object.defineProperties(base, Object.getOwnPropertyDescriptors(own)) as T & typeof base,
        {
          get: (target, name: string) => {
            if (name === 'isNullObject') {
              if (missing === undefined) throw new Error('isNullObject was read before sync.');
              return missing;
            }
            if (!(name in properties)) return Reflect.get(target, name);
            if (!loaded.has(name)) throw new Error(`PropertyNotLoaded: ${name}`);
            return loaded.get(name);
          },
        },
      );
    };

    const context = {
      sync: async () => {
        this.syncs++;
        for (let work = queue.shift(); work; work = queue.shift()) work();
      },
      workbook: {},
    };

    const worksheet = (find: () => FakeSheet | undefined): object =>
      loadable(
        { name: () => find()?.name, id: () => find()?.id },
        {
          getRange: (address: string) => range(() => ({ sheet: find() as FakeSheet, area: strip(address) })),
          getRangeByIndexes: (top: number, left: number, rows: number, columns: number) =>
            range(() => ({
              sheet: find() as FakeSheet,
              area: { top, left, bottom: top + rows - 1, right: left + columns - 1 },
            })),
          getCell: (row: number, column: number) =>
            range(() => ({
              sheet: find() as FakeSheet,
              area: { top: row, left: column, bottom: row, right: column },
            })),
          getUsedRangeOrNullObject: () => range(() => used(find())),
          activate: () =>
            later(() => {
              this.active = find() ?? this.active;
            }),
          delete: () =>
            later(() => {
              this.sheets.splice(this.sheets.indexOf(find() as FakeSheet), 1);
            }),
        },
        () => find() !== undefined,
      );

    const used = (sheet: FakeSheet | undefined): Place | undefined => {
      const places = [...(sheet?.cells ?? [])]
        .filter(([, { content }]) => content !== undefined)
        .map(([key]) => key.split(',').map(Number) as [number, number]);
      if (!sheet || places.length === 0) return undefined;
      const [rows, columns] = [places.map(([row]) => row), places.map(([, column]) => column)];
      return {
        sheet,
        area: {
          top: Math.min(...rows),
          left: Math.min(...columns),
          bottom: Math.max(...rows),
          right: Math.max(...columns),
        },
      };
    };

    const range = (locate: () => Place | undefined): object => {
      const place = () => locate() as Place;
      const map = <T>(see: (sheet: FakeSheet, row: number, column: number) => T): T[][] => {
        const { sheet, area: at } = place();
        const { rows, columns } = sizeOf(at);
        return Array.from({ length: rows }, (_, r) =>
          Array.from({ length: columns }, (_, c) => see(sheet, at.top + r, at.left + c)),
        );
      };
      const spill = () => this.#spill(place().sheet, place().area.top, place().area.left);
      const elsewhere = (find: () => Area | undefined) =>
        range(() => {
          const at = locate() && find();
          return at && { sheet: place().sheet, area: at };
        });
      const setAll = (use: (cell: FakeCell) => void) =>
        later(() => void map((sheet, row, column) => use(this.#cell(sheet, row, column))));
      const writeAll = (contents: readonly (readonly unknown[])[]) =>
        later(() => {
          const { top, left, bottom, right } = place().area;
          if (contents.length !== bottom - top + 1 || contents[0]?.length !== right - left + 1) {
            throw new Error('The matrix is not of the size of the range.');
          }
          map((sheet, row, column) => this.#write(sheet, row, column, contents[row - top]?.[column - left]));
        });

      const properties: Record<string, () => unknown> = {
        address: () => onSheet(place().sheet.name, addressOfArea(place().area)),
        rowIndex: () => place().area.top,
        columnIndex: () => place().area.left,
        rowCount: () => sizeOf(place().area).rows,
        cellCount: () => sizeOf(place().area).rows * sizeOf(place().area).columns,
        formulas: () => map((sheet, row, column) => this.#cell(sheet, row, column).content ?? ''),
        values: () => map((sheet, row, column) => this.#value(sheet, row, column)),
        text: () => map((sheet, row, column) => String(this.#value(sheet, row, column))),
        numberFormat: () => map((sheet, row, column) => this.#cell(sheet, row, column).numberFormat),
        valueTypes: () =>
          map((sheet, row, column) => {
            const value = this.#value(sheet, row, column);
            if (value === '') return 'Empty';
            if (typeof value === 'number') return 'Double';
            if (typeof value === 'boolean') return 'Boolean';
            return value.startsWith('#') ? 'Error' : 'String';
          }),
      };
      const font = new Proxy(
        {},
        {
          set: (_, name: string, value) => {
            setAll((cell) => {
              cell.font[name] = value;
            });
            return true;
          },
        },
      );
      const format = new Proxy(
        { font, fill: {}, borders: { getItem: () => ({}) } },
        {
          set: (_, name: string, value) => {
            setAll((cell) => {
              cell.format[name] = value;
            });
            return true;
          },
        },
      );
      const made = loadable(
        properties,
        {
          format,
          worksheet: worksheet(() => locate()?.sheet),
          conditionalFormats: conditionalFormats(place),
          getCell: (row: number, column: number) =>
            elsewhere(() => {
              const { top, left } = place().area;
              return { top: top + row, left: left + column, bottom: top + row, right: left + column };
            }),
          // The cell that holds the formula is not itself spilled into.
          getSpillParentOrNullObject: () =>
            elsewhere(() => {
              const found = spill();
              const { top, left } = place().area;
              return found && (found.anchor.top !== top || found.anchor.left !== left)
                ? found.anchor
                : undefined;
            }),
          getSpillingToRangeOrNullObject: () =>
            elsewhere(() => {
              const found = spill();
              const { top, left } = place().area;
              const anchored = found && found.anchor.top === top && found.anchor.left === left;
              return anchored && addressOfArea(found.all) !== addressOfArea(found.anchor)
                ? found.all
                : undefined;
            }),
          clear: (what: string) => {
            if (what !== 'Contents') throw new Error(`${what} is more than the fake clears.`);
            setAll((cell) => {
              cell.content = undefined;
            });
          },
          getCellProperties: () => {
            const result: { value?: unknown } = {};
            later(() => {
              result.value = map((sheet, row, column) => ({
                format: { font: { ...this.#cell(sheet, row, column).font } },
              }));
            });
            return result;
          },
          setCellProperties: (given: { format: { font: Record<string, unknown> } }[][]) =>
            later(() => {
              const { top, left } = place().area;
              map((sheet, row, column) => {
                const wanted = given[row - top]?.[column - left]?.format.font;
                this.#cell(sheet, row, column).font = { ...wanted };
              });
            }),
          select: () =>
            later(() => {
              if (place().sheet !== this.active)
                throw new Error('InvalidSelection: the sheet is not active.');
              this.selected = addressOfArea(place().area);
            }),
        },
        () => locate() !== undefined,
      );
      return new Proxy(made, {
        set: (_, name: string, value) => {
          if (name === 'formulas' || name === 'values') writeAll(value);
          else if (name === 'numberFormat') {
            later(() => {
              const { top, left } = place().area;
              map((sheet, row, column) => {
                this.#cell(sheet, row, column).numberFormat = value[row - top][column - left];
              });
            });
          } else throw new Error(`${name} cannot be set.`);
          return true;
        },
      });
    };

    const conditionalFormats = (place: () => Place) =>
      loadable(
        {
          items: () =>
            place()
              .sheet.formats.filter(({ range: address }) => address === addressOfArea(place().area))
              .map((each) => ({
                id: each.id,
                delete: () =>
                  later(() => void place().sheet.formats.splice(place().sheet.formats.indexOf(each), 1)),
              })),
        },
        {
          add: (kind: string) => {
            const made: FakeFormat = { id: `{${this.#ids++}}`, kind, range: '' };
            later(() => {
              made.range = addressOfArea(place().area);
              place().sheet.formats.unshift(made);
            });
            const settable = loadable(
              { id: () => made.id },
              {
                colorScale: {
                  set criteria(value: unknown) {
                    later(() => void Object.assign(made, { criteria: value }));
                  },
                },
                cellValue: {
                  set rule(value: unknown) {
                    later(() => void Object.assign(made, { rule: value }));
                  },
                },
              },
            );
            return new Proxy(settable, {
              set: (_, name, value) => {
                later(() => void Object.assign(made, { [name]: value }));
                return true;
              },
            });
          },
        },
      );

    const event = (name: string) => ({
      add: (handler: () => Promise<unknown>) => {
        later(() => {
          this.handlers.set(name, (this.handlers.get(name) ?? new Set()).add(handler));
        });
        return { context, remove: () => later(() => void this.handlers.get(name)?.delete(handler)) };
      },
    });

    const sheetCalled = (key: string) =>
      worksheet(() => this.sheets.find(({ id, name }) => key === name || key === id));
    const activeCell = () => ({
      sheet: this.active,
      area: area(this.selected.split(':')[0] as string),
    });
    context.workbook = {
      application: { calculate: () => undefined },
      getActiveCell: () => range(activeCell),
      getSelectedRanges: () =>
        loadable({ address: () => onSheet(this.active.name, this.selected), areaCount: () => 1 }, {}),
      onSelectionChanged: event('selection'),
      worksheets: loadable(
        {
          items: () => this.sheets.map(({ name, id }) => ({ name, id })),
        },
        {
          onCalculated: event('calculated'),
          getActiveWorksheet: () => worksheet(() => this.active),
          getItemOrNullObject: sheetCalled,
          add: (name: string) => {
            later(() => {
              if (this.sheets.some((each) => each.name === name)) throw new Error(`${name} is taken.`);
              this.sheets.push(this.#sheet(name));
            });
            return sheetCalled(name);
          },
        },
      ),
      names: {
        getItemOrNullObject: (name: string) =>
          loadable(
            {},
            {
              getRangeOrNullObject: () =>
                range(() => (this.names.has(name) ? this.#at(this.names.get(name) as string) : undefined)),
            },
            () => this.names.has(name),
          ),
      },
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
    return context;
  }
}

/** Reads `B4:C9`, and `A:C` as the rows that a test may reach. */
function strip(address: string): Area {
  const [, from, to] = /^([A-Z]+):([A-Z]+)$/i.exec(address) ?? [];
  if (!from || !to) return area(address);
  return { top: 0, left: columnNumber(from), bottom: 1_048_575, right: columnNumber(to) };
}
