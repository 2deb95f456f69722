import type { SheetHost } from '../../src/host/host';
import { announce } from '../announcer';
import { button, element } from '../dom';
import { sentenceOf } from '../sentence';
import { strings } from './strings';

const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * A file that is ready: outside of Excel it is saved at once. Inside, where a pane may not be let save, it can be opened, too.
 * @returns what to show and say, and how to let go of the file
 */
export function readyLine(
  file: string,
  bytes: Uint8Array,
  host: SheetHost,
): { readonly line: HTMLElement; readonly text: string; readonly release: () => void } {
  const address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: TYPE }));
  const text = strings.ready(file, bytes.length);
  const save = () => element('a', { href: address, download: file }).click();
  const said = element('p', { class: 'note' });
  const tell = (sentence: string) => {
    said.textContent = sentence;
    announce(sentence);
  };
  const open = async () => {
    try {
      await host.openWorkbook?.(bytes);
      tell(strings.opened);
    } catch (error) {
      tell(strings.notOpened(sentenceOf(error, '')));
    }
  };
  if (host.openWorkbook) said.textContent = strings.inExcel;
  else save();
  const line = element(
    'div',
    {},
    element('p', {}, text),
    element(
      'div',
      { class: 'export-actions' },
      ...(host.openWorkbook
        ? [button(strings.open, { size: 'small', appearance: 'primary' }, () => void open())]
        : []),
      button(strings.save, { size: 'small' }, save),
    ),
    said,
  );
  return { line, text, release: () => URL.revokeObjectURL(address) };
}
