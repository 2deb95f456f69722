import { type IMutationInfo, IUndoRedoService } from '@univerjs/presets';
import type { Changes } from '../../src/host/changes';
import type { Change } from '../../src/host/host';
import { workbookIn } from '../grid/ranges';
import type { Session } from '../session';

/** A mutation of Univer's, and the one that takes it back, asked for when the ones before are done. */
export type Doing = () => { redo: IMutationInfo; undo: IMutationInfo };

/**
 * Does several things as one step of Univer's own history, and remembers it among the pane's changes.
 *
 * @param since Asked before it is undone: see `Step.since`.
 */
export function perform(
  { univer, univerAPI }: Session,
  changes: Changes,
  change: Change,
  doings: readonly Doing[],
  since: () => readonly string[] | 'undone',
): void {
  const history = univer.__getInjector().get(IUndoRedoService);
  const unitID = workbookIn(univerAPI).getId();
  const execute = (mutations: readonly IMutationInfo[]) => {
    // A copy, for Univer keeps and alters what it is given.
    for (const { id, params } of mutations) univerAPI.syncExecuteCommand(id, structuredClone(params));
  };

  const redoMutations: IMutationInfo[] = [];
  const undoMutations: IMutationInfo[] = [];
  for (const doing of doings) {
    const { redo, undo } = doing();
    redoMutations.push(redo);
    undoMutations.unshift(undo);
    execute([redo]);
  }
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
      execute(undoMutations);
      history.pushUndoRedo({ unitID, redoMutations: undoMutations, undoMutations: redoMutations });
    },
  });
}
