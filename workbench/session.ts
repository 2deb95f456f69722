import type { FUniver, Univer } from '@univerjs/presets';
import {
  IEditorBridgeService,
  InsertSheetMutation,
  SetRangeValuesMutation,
} from '@univerjs/presets/preset-sheets-core';
import { addressOf } from '../src/workbook/address';
import { Calculation, cellRange } from './grid/calculation';
import type { Place } from './grid/functions';
import { Recalculation } from './grid/recalculation/recalculation';
import { createGrid } from './grid/univer';
import { Calls } from './invoke/calls';
import type { FunctionInfo } from './invoke/metadata';
import type { RuntimeBridge } from './runtime/bridge';

/** After these Univer calculates. */
const CALCULATED_AFTER: ReadonlySet<string> = new Set([SetRangeValuesMutation.id, InsertSheetMutation.id]);

/** The grid, the functions' calls, and the wire to the pane, tied together. */
export interface Session {
  univer: Univer;
  univerAPI: FUniver;
  bridge: RuntimeBridge;
  /** Resolves when the spreadsheet is drawn and all of its services are there. */
  steady: Promise<void>;
  /** Whether anything is being calculated, here or in the pane. */
  busy(): boolean;
  /** Calculates formulas that were put into cells past Univer's commands, and what depends on them. */
  calculate(places: readonly Place[]): void;
  /** Calls every function anew. */
  recalculate(): void;
  /** What a function says about the error in a cell. */
  messageOf(sheet: string, row: number, column: number): string | undefined;
  /** Called after every calculation. @returns ends it */
  onCalculated(listener: () => void): () => void;
}

/**
 * Starts a spreadsheet whose functions live in the pane.
 *
 * @param container The element that the grid fills.
 * @param functions The add-in's functions.json.
 * @param bridge The wire to the pane.
 */
export function startSession(
  container: HTMLElement,
  functions: readonly FunctionInfo[],
  darkMode: boolean,
  bridge: RuntimeBridge,
): Session {
  const places = new Map<string, Place>();
  const listeners = new Set<() => void>();

  const calls = new Calls(bridge, (cells) =>
    calculation.again(cells.flatMap((cell) => places.get(cell) ?? [])),
  );

  bridge.onOutcomes = (outcomes) => calls.settle(outcomes);

  const calculation = new Calculation(
    new Recalculation({
      onAsked: () => calculation.asked(),
      onBegin: () => {
        bridge.hold();
        calls.begin();
      },
      onFormula: (_, sheet, row, column) => calls.formula(cellName(sheet, row, column)),
      onLeft: (_, sheet, row, column) => calls.leave(cellName(sheet, row, column)),
      onEnd: () => {
        calls.sweep((cell) => holdsFormula(univerAPI, places.get(cell)));
        bridge.release();
        for (const listener of listeners) listener();
      },
      waiting: () => calls.waiting().flatMap((cell) => cellsOf(places.get(cell))),
      edited: () => editedCell(univer),
      waits: (sheet, row, column) => calls.waits(cellName(sheet, row, column)),
    }),
  );
  const { univer, univerAPI } = createGrid(
    container,
    functions,
    (place, info, given) => {
      const cell = cellName(place.sheet, place.row, place.column);
      places.set(cell, place);
      return calls.answer(cell, addressIn(univerAPI, place), info, given);
    },
    darkMode,
  );
  calculation.watch(univerAPI);
  const steady = new Promise<void>((resolve) => {
    univerAPI.addEvent(univerAPI.Event.LifeCycleChanged, ({ stage }) => {
      if (stage === univerAPI.Enum.LifecycleStages.Steady) resolve();
    });
  });
  univerAPI.onCommandExecuted(({ id }, options) => {
    // What is local only is Univer writing results into cells.
    if (CALCULATED_AFTER.has(id) && !options?.onlyLocal) calculation.expect();
  });

  return {
    univer,
    univerAPI,
    bridge,
    steady,
    busy: () => calls.busy || calculation.busy,
    calculate: (formulas) => calculation.put(formulas),
    recalculate: () => {
      calls.forget();
      calculation.everything();
    },
    messageOf: (sheet, row, column) => calls.messageOf(cellName(sheet, row, column)),
    onCalculated: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const cellName = (sheet: string, row: number, column: number) => `${sheet}!${row},${column}`;

/** The cell whose editor is open. */
function editedCell(univer: Univer): { row: number; column: number } | undefined {
  const injector = univer.__getInjector();
  if (!injector.has(IEditorBridgeService)) return undefined;
  const editor = injector.get(IEditorBridgeService);
  return (editor.isVisible().visible && editor.getEditLocation()) || undefined;
}

const cellsOf = (place: Place | undefined) => (place ? [cellRange(place)] : []);

function addressIn(univerAPI: FUniver, { sheet, row, column }: Place): string {
  const name = univerAPI.getActiveWorkbook()?.getSheetBySheetId(sheet)?.getSheetName() ?? sheet;
  return `${name}!${addressOf(row, column)}`;
}

function holdsFormula(univerAPI: FUniver, place: Place | undefined): boolean {
  if (!place) return false;
  const sheet = univerAPI.getActiveWorkbook()?.getSheetBySheetId(place.sheet);
  return Boolean(sheet?.getRange(place.row, place.column).getFormula());
}
