import { type IExecutionOptions, type IMutationInfo, IUndoRedoService } from '@univerjs/presets';
import { InsertSheetMutation } from '@univerjs/presets/preset-sheets-core';
import type { Changes } from '../../src/host/changes';
import type { Change } from '../../src/host/host';
import { workbookIn } from '../grid/ranges';
import type { Session } from '../session';

/** A mutation of Univer's, and the one that takes it back, asked for when the ones before are done. */
export type Doing = () => { redo: IMutationInfo; undo: IMutationInfo };

/** Mutations that were done, and those that take them back. */
export interface Done {
  redoMutations: readonly IMutationInfo[];
  undoMutations: readonly IMutationInfo[];
}

/** Does several things as one step of Univer's own history, and remembers it among the pane's changes: see `remember`. */
export function perform(
  session: Session,
  changes: Changes,
  change: Change,
  doings: readonly Doing[],
  since: Since,
): void {
  remember(session, changes, change, doAll(session, doings), since);
}

/** Does several things one after the other. @param options for Univer */
export function doAll(session: Session, doings: readonly Doing[], options?: IExecutionOptions): Done {
  const redoMutations: IMutationInfo[] = [];
  const undoMutations: IMutationInfo[] = [];
  for (const doing of doings) {
    const { redo, undo } = doing();
    redoMutations.push(redo);
    undoMutations.unshift(undo);
    execute(session, [redo], options);
  }
  return { redoMutations, undoMutations };
}

type Since = () => Changed | Promise<Changed>;
type Changed = readonly string[] | 'undone';

/**
 * Makes what was done one step of Univer's own history, and remembers it among the pane's changes.
 *
 * @param since Asked before it is undone: see `Step.since`.
 */
export function remember(session: Session, changes: Changes, change: Change, done: Done, since: Since): void {
  const { univer, univerAPI } = session;
  const history = univer.__getInjector().get(IUndoRedoService);
  const unitID = workbookIn(univerAPI).getId();
  const [redoMutations, undoMutations] = [[...done.redoMutations], [...done.undoMutations]];
  const item = { unitID, redoMutations, undoMutations };
  history.pushUndoRedo(item);

  changes.push({
    ...change,
    since: async () => since(),
    undo: async () => {
      if (history.pitchTopUndoElement() === item) {
        await univerAPI.undo();
        return;
      }
      // Something else was done since: this is one more step after it.
      execute(session, undoMutations);
      history.pushUndoRedo({ unitID, redoMutations: undoMutations, undoMutations: redoMutations });
    },
  });
}

/** Has Univer carry out mutations at once. */
export function execute(
  { univerAPI }: Session,
  mutations: readonly IMutationInfo[],
  options?: IExecutionOptions,
): void {
  for (const { id, params } of mutations) {
    // A copy, for Univer keeps and alters what it is given. Of a sheet, which may be large, it takes one itself.
    univerAPI.syncExecuteCommand(
      id,
      id === InsertSheetMutation.id ? params : structuredClone(params),
      options,
    );
  }
}
