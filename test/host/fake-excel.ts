import { vi } from 'vitest';
import {
  type Area,
  addressOfArea,
  area,
  columnNumber,
  onSheet,
  overlap,
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
  link?: unknown;
  fill?: unknown;
  borders: Record<string, unknown>;
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
  /** What was set of the sheet itself: `tabColor`, `visibility` and so on. */
  own: Record<string, unknown>;
  /** Names of its own, with their cells. */
  names: Map<string, string>;
  /** By the address of their cell. */
  notes: Map<string, string>;
  merged: Area[];
  charts: FakeChart[];
  /** Widths of columns such as `A:C`, heights of rows such as `2:2`. */
  strips: Record<string, number>;
}

export interface FakeChart {
  kind: string;
  source: string;
  position?: string;
  title?: string;
  legend?: boolean;
  axes: Record<string, unknown>;
  series: { name?: string; values?: string; categories?: string }[];
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
  #ids = 0;
  readonly sheets: FakeSheet[] = [this.#sheet('Sheet1')];
  active = this.sheets[0] as FakeSheet;
  selected = 'A1';
  readonly names = new Map<string, string>();
  readonly settings = new Map<string, string>();
  readonly handlers = new Map<string, Set<() => Promise<unknown>>>();
  /** How often the page waited for Excel. */
  syncs = 0;
  /** Called at every sync, before what waits for it is done. */
  onSync: () => void = () => undefined;

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
    return {
      id: `{${name} ${this.#ids++}}`,
      name,
      cells: new Map(),
      formats: [],
      own: { visibility: 'Visible' },
      names: new Map(),
      notes: new Map(),
      merged: [],
      charts: [],
      strips: {},
    };
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
      borders: {},
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

  /** What Excel says to the names of sheets. */
  #checkSheetName(name: string, except?: FakeSheet): void {
    const refused =
      name === '' || name.length > 31 || /[\\/?*[\]:]|^'|'$/.test(name) || /^history$/i.test(name);
    if (refused) throw new Error(`InvalidArgument: ${name} is no name for a sheet.`);
    const spelling = name.toLowerCase();
    const taken = this.sheets.some((each) => each !== except && each.name.toLowerCase() === spelling);
    if (taken) throw new Error(`ItemAlreadyExists: ${name} is taken.`);
  }

  /** One sheet must remain that can be seen. */
  #mayGo(sheet: FakeSheet): void {
    const others = this.sheets.filter((each) => each !== sheet && each.own.visibility === 'Visible');
    if (others.length === 0) throw new Error('InvalidOperation: it is the last sheet that can be seen.');
    if (this.active === sheet) this.active = others[0] as FakeSheet;
  }

  #setOfSheet(sheet: FakeSheet, name: string, value: unknown): void {
    if (name === 'name') {
      this.#checkSheetName(String(value), sheet);
      sheet.name = String(value);
    } else if (name === 'position') {
      if (!(Number(value) >= 0 && Number(value) < this.sheets.length)) {
        throw new Error(`InvalidArgument: ${value} is no position.`);
      }
      this.sheets.splice(this.sheets.indexOf(sheet), 1);
      this.sheets.splice(Number(value), 0, sheet);
    } else if (['tabColor', 'visibility', 'showGridlines', 'standardWidth'].includes(name)) {
      if (name === 'visibility' && value !== 'Visible') this.#mayGo(sheet);
      sheet.own[name] = value;
    } else throw new Error(`${name} cannot be set.`);
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
        this.onSync();
        try {
          for (let work = queue.shift(); work; work = queue.shift()) work();
        } finally {
          // After an error Excel does nothing more of the request.
          queue.length = 0;
        }
      },
      workbook: {},
    };

    const worksheet = (find: () => FakeSheet | undefined): object => {
      const sheet = () => {
        const found = find();
        if (!found) throw new Error('ItemNotFound: there is no such sheet.');
        return found;
      };
      const note = (kind: string) => (count: unknown) =>
        later(() => void Object.assign(sheet().own, { frozen: [kind, count] }));
      const made = loadable(
        {
          name: () => find()?.name,
          id: () => find()?.id,
          position: () => this.sheets.indexOf(sheet()),
        },
        {
          getRange: (address: string) => range(() => ({ sheet: sheet(), area: strip(address) }), address),
          getRangeByIndexes: (top: number, left: number, rows: number, columns: number) =>
            range(() => ({
              sheet: sheet(),
              area: { top, left, bottom: top + rows - 1, right: left + columns - 1 },
            })),
          getCell: (row: number, column: number) =>
            range(() => ({ sheet: sheet(), area: { top: row, left: column, bottom: row, right: column } })),
          getUsedRangeOrNullObject: () => range(() => used(find())),
          freezePanes: { freezeAt: note('at'), freezeRows: note('rows'), freezeColumns: note('columns') },
          names: {
            add: (name: string, cells: { at(): string }) =>
              later(() => {
                checkName(name, [...sheet().names.keys()]);
                sheet().names.set(name, cells.at());
              }),
            getItemOrNullObject: (name: string) => named(() => find()?.names, name),
          },
          notes: {
            add: (address: string, content: string) =>
              later(() => {
                if (!/^[A-Z]+\d+$/.test(address)) throw new Error('InvalidCellAddress');
                if (sheet().notes.has(address)) throw new Error('InvalidArgument: there is a note already.');
                sheet().notes.set(address, content);
              }),
          },
          charts: { add: (kind: string, source: { at(): string }) => chart(sheet, kind, source) },
          activate: () =>
            later(() => {
              if (sheet().own.visibility !== 'Visible') throw new Error('InvalidOperation: it is hidden.');
              this.active = sheet();
            }),
          delete: () =>
            later(() => {
              this.#mayGo(sheet());
              this.sheets.splice(this.sheets.indexOf(sheet()), 1);
            }),
        },
        () => find() !== undefined,
      );
      return new Proxy(made, {
        set: (_, name: string, value) => {
          later(() => this.#setOfSheet(sheet(), name, value));
          return true;
        },
      });
    };

    const named = (names: () => Map<string, string> | undefined, name: string) =>
      loadable(
        {},
        {
          getRangeOrNullObject: () =>
            range(() => (names()?.has(name) ? this.#at(names()?.get(name) as string) : undefined)),
        },
        () => names()?.has(name) ?? false,
      );

    const chart = (sheet: () => FakeSheet, kind: string, source: { at(): string }) => {
      const made: FakeChart = { kind, source: '', axes: {}, series: [{}] };
      later(() => {
        made.source = source.at();
        sheet().charts.push(made);
      });
      /** An object of which only these properties can be set. */
      const settable = (allowed: readonly string[], set: (name: string, value: unknown) => void) =>
        new Proxy(
          {},
          {
            set: (_, name: string, value) => {
              if (!allowed.includes(name)) throw new Error(`${name} cannot be set.`);
              later(() => set(name, value));
              return true;
            },
          },
        );
      const series = (find: () => FakeChart['series'][number]) => {
        const set = (name: 'values' | 'categories') => (cells: { at(): string }) =>
          later(() => void Object.assign(find(), { [name]: cells.at() }));
        return new Proxy(
          { setValues: set('values'), setXAxisValues: set('categories') },
          {
            set: (_, name: string, value) => {
              if (name !== 'name') throw new Error(`${name} cannot be set.`);
              later(() => void Object.assign(find(), { name: value }));
              return true;
            },
          },
        );
      };
      const axis = (name: string) =>
        new Proxy(
          { title: settable(['text'], (_, value) => void Object.assign(made.axes, { [name]: value })) },
          {
            set: (_, property: string, value) => {
              if (property !== 'reversePlotOrder') throw new Error(`${property} cannot be set.`);
              later(() => void Object.assign(made.axes, { reversed: value }));
              return true;
            },
          },
        );
      return {
        setPosition: (from: string, to: string) =>
          later(() => void Object.assign(made, { position: `${from}:${to}` })),
        title: settable(['text'], (_, title) => void Object.assign(made, { title })),
        legend: settable(['visible'], (_, legend) => void Object.assign(made, { legend })),
        axes: { categoryAxis: axis('across'), valueAxis: axis('up') },
        series: {
          getItemAt: (place: number) => series(() => made.series[place] as FakeChart['series'][number]),
          add: (name: string) => {
            const added = { name };
            later(() => void made.series.push(added));
            return series(() => added);
          },
        },
      };
    };

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

    const range = (locate: () => Place | undefined, given = ''): object => {
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
      const fill = new Proxy(
        {},
        {
          set: (_, name: string, value) => {
            if (name !== 'color') throw new Error(`${name} cannot be set.`);
            setAll((cell) => {
              cell.fill = value;
            });
            return true;
          },
        },
      );
      const border = (edge: string) =>
        new Proxy(
          {},
          {
            set: (_, name: string, value) => {
              if (name !== 'color') throw new Error(`${name} cannot be set.`);
              const { rows, columns } = sizeOf(place().area);
              const inside =
                edge === 'InsideHorizontal' ? rows > 1 : edge !== 'InsideVertical' || columns > 1;
              if (!inside) throw new Error(`InvalidArgument: one cell has no ${edge}.`);
              setAll((cell) => {
                cell.borders[edge] = value;
              });
              return true;
            },
          },
        );
      const format = new Proxy(
        { font, fill, borders: { getItem: border } },
        {
          set: (_, name: string, value) => {
            if (name === 'columnWidth' || name === 'rowHeight') {
              if (!(typeof value === 'number' && value >= 0)) throw new Error(`${value} is no ${name}.`);
              later(() => void Object.assign(place().sheet.strips, { [given]: value }));
              return true;
            }
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
          at: () => onSheet(place().sheet.name, addressOfArea(place().area)),
          merge: (across: boolean) =>
            later(() => {
              const { sheet, area: at } = place();
              if (across) throw new Error('The fake merges all or nothing.');
              if (sheet.merged.some((other) => overlap(other, at))) throw new Error('Merged cells overlap.');
              sheet.merged.push(at);
            }),
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
              const { top, left, bottom, right } = place().area;
              if (value.length !== bottom - top + 1 || value[0]?.length !== right - left + 1) {
                throw new Error('The matrix is not of the size of the range.');
              }
              map((sheet, row, column) => {
                this.#cell(sheet, row, column).numberFormat = value[row - top][column - left];
              });
            });
          } else if (name === 'hyperlink') {
            later(() => {
              const { sheet, area: at } = place();
              const { textToDisplay } = value as { textToDisplay?: string };
              const cell = this.#cell(sheet, at.top, at.left);
              cell.link = value;
              // Excel's own look of links.
              cell.font = { ...cell.font, color: '#0563C1' };
              if (textToDisplay !== undefined) cell.content = textToDisplay;
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
      application: {
        calculate: () => undefined,
        suspendApiCalculationUntilNextSync: () => undefined,
        suspendScreenUpdatingUntilNextSync: () => undefined,
      },
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
          getItem: sheetCalled,
          add: (name: string) => {
            let made: FakeSheet | undefined;
            later(() => {
              this.#checkSheetName(name);
              made = this.#sheet(name);
              this.sheets.push(made);
            });
            return worksheet(() => (made && this.sheets.includes(made) ? made : undefined));
          },
        },
      ),
      names: { getItemOrNullObject: (name: string) => named(() => this.names, name) },
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
  if (from && to) return { top: 0, left: columnNumber(from), bottom: 1_048_575, right: columnNumber(to) };
  const [, first, last] = /^(\d+):(\d+)$/.exec(address) ?? [];
  if (!first || !last) return area(address);
  return { top: Number(first) - 1, left: 0, bottom: Number(last) - 1, right: 16_383 };
}

/** What Excel says to names for cells. */
function checkName(name: string, others: readonly string[]): void {
  const refused = !/^[\p{L}_\\][\p{L}\p{N}_.\\]*$/u.test(name) || /^([a-z]{1,3}\d+|[rc])$/i.test(name);
  if (refused) throw new Error(`InvalidArgument: ${name} is no name for cells.`);
  if (others.some((other) => other.toLowerCase() === name.toLowerCase())) {
    throw new Error(`ItemAlreadyExists: ${name} is taken.`);
  }
}
