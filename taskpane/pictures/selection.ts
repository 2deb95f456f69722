import { chooseHost } from '../../src/host/choose';
import type { SheetHost } from '../../src/host/host';
import { NAMESPACE } from '../../src/namespace';
import type { Typed } from './formula';

/** As much of a host that tells what is selected as the pictures need; not every spreadsheet does. */
interface TellsSelection {
  selection?(): Promise<{
    /** Such as `Tour!C5`. */
    readonly address: string;
    readonly value: unknown;
    readonly formula?: string;
    /** Set where the cell is a part of the result of a formula that fills several. */
    readonly spill?: unknown;
  }>;
  onSelectionChange?(listener: () => void): () => void;
}

/**
 * Tells of every cell with a prompt that is selected or changed from now on, and of the one selected now. A cell that
 * holds a result of the add-in is no prompt, nor is one without text: the prompt before them stays.
 * @returns whether the spreadsheet can tell at all
 */
export async function followSelection(see: (prompt: Typed) => void): Promise<boolean> {
  const host: SheetHost & TellsSelection = await chooseHost();
  if (!host.selection || !host.onSelectionChange) return false;
  const look = async () => {
    // A sheet that is busy, or a cell being edited: the next change tells again.
    const selected = await host.selection?.().catch(() => undefined);
    if (!selected || selected.spill || selected.formula?.toUpperCase().startsWith(`=${NAMESPACE}.`)) return;
    const { address, value } = selected;
    if (typeof value === 'string' && value !== '') see({ text: value, address });
  };
  host.onSelectionChange(() => void look());
  void look();
  return true;
}
