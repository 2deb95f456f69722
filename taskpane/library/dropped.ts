import type { ModelRef } from '../../src/models/api';

interface NewerItem {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

/** The files of a folder that was chosen, under the folder's own name. @returns undefined where it is empty */
export function chosen(files: readonly File[]): ModelRef | undefined {
  const name = files[0]?.webkitRelativePath.split('/')[0];
  return name === undefined ? undefined : { kind: 'files', name, files };
}

/**
 * The folder among what was dropped. Must be called in the handler of the drop, for what was dropped is gone after it.
 * @param name for a folder that is dropped as its files
 * @returns undefined where none was
 */
export async function dropped(data: DataTransfer, name: string): Promise<ModelRef | undefined> {
  const items = [...data.items].filter(({ kind }) => kind === 'file');
  const files = [...data.files];
  // All are asked for before anything is waited for.
  const handles = items.map((item) => (item as NewerItem).getAsFileSystemHandle?.());
  const entries = items.map((item) => item.webkitGetAsEntry?.());
  for (const handle of await Promise.all(handles)) {
    if (handle?.kind === 'directory') {
      return { kind: 'directory', handle: handle as FileSystemDirectoryHandle };
    }
  }
  const folder = entries.find((entry) => entry?.isDirectory);
  if (folder) {
    return { kind: 'files', name: folder.name, files: await filesIn(folder as FileSystemDirectoryEntry) };
  }
  return files.some((file) => file.name === 'config.json') ? { kind: 'files', name, files } : undefined;
}

/** The files that lie in a folder itself. */
async function filesIn(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const reader = folder.createReader();
  const files: File[] = [];
  for (;;) {
    // It gives a hundred at a time, and none when it is done.
    const some = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
    if (some.length === 0) return files;
    for (const entry of some) {
      if (!entry.isFile) continue;
      files.push(
        await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed)),
      );
    }
  }
}
