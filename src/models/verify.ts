import type { Meter } from './meter';
import { hashOf } from './read/arrive';
import type { Manifest, ManifestFile, Shelf } from './shelf';

/** Hashes the files of a stored model anew. One that is not what it was when it came is deleted, to be fetched again. */
export async function verifyModel(
  key: string,
  shelf: Shelf,
  meter: Meter,
  signal?: AbortSignal,
): Promise<Manifest> {
  const manifest = await shelf.need(key);
  meter.files(manifest.files);
  const isRight = async ({ path, size, sha256 }: ManifestFile): Promise<boolean> => {
    const bytes = await shelf.store.read(shelf.path(key, path));
    if (!bytes || bytes.size !== size) return false;
    const found = await hashOf(bytes, (have) => {
      signal?.throwIfAborted();
      meter.bytes(path, have, 'disk');
    });
    return found === sha256;
  };
  const files: ManifestFile[] = [];
  for (const file of manifest.files) {
    const right = file.state !== 'verified' || (await isRight(file));
    if (!right) await shelf.store.remove(shelf.path(key, file.path));
    files.push(right ? file : { ...file, state: 'missing', sha256: undefined });
  }
  const checked = { ...manifest, files };
  await shelf.save(key, checked);
  meter.show('done');
  return checked;
}
