import type { DirectoryRef, FilesRef } from '../api';
import { LibraryError } from '../errors';
import { messages } from '../messages';
import { blobBytes } from '../store/opfs';
import type { WholeBytes } from '../store/store';

/** The files of a folder on this computer. */
export interface LocalFolder {
  readonly name: string;
  readonly files: ReadonlyMap<string, WholeBytes>;
}

const CONFIG = 'config.json';

type Entries = AsyncIterable<FileSystemHandle>;

/**
 * Looks into a folder that was picked or dropped. Where its model lies in a folder within it, that one is taken.
 * @throws LibraryError where there is no config.json
 */
export async function openLocal(ref: FilesRef | DirectoryRef): Promise<LocalFolder> {
  const all = new Map<string, File>();
  if (ref.kind === 'files') {
    for (const file of ref.files) all.set(file.webkitRelativePath || file.name, file);
  } else {
    for await (const entry of (ref.handle as unknown as { values(): Entries }).values()) {
      if (entry.kind === 'file') all.set(entry.name, await (entry as FileSystemFileHandle).getFile());
    }
  }
  const name = ref.kind === 'files' ? ref.name : ref.handle.name;
  const depth = (path: string) => path.split('/').length;
  const configs = [...all.keys()].filter((path) => path.split('/').at(-1) === CONFIG);
  const config = configs.sort((a, b) => depth(a) - depth(b))[0];
  if (config === undefined) throw new LibraryError('request', messages.noFile(CONFIG, name));
  const folder = config.slice(0, -CONFIG.length);
  const files = new Map<string, WholeBytes>();
  for (const [path, file] of all) {
    const rest = path.slice(folder.length);
    if (path.startsWith(folder) && !rest.includes('/')) files.set(rest, named(rest, file));
  }
  return { name, files };
}

/** The file may be gone or changed since it was picked; browsers say so only when it is read. */
function named(path: string, file: File): WholeBytes {
  const bytes = blobBytes(file);
  return {
    size: file.size,
    read: (begin, end) =>
      bytes.read(begin, end).catch((error: Error) => {
        throw new LibraryError('storage', messages.unreadable(path, error.message));
      }),
  };
}
