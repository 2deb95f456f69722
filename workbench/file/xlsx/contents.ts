import { strFromU8, unzipSync } from 'fflate';
import type { Own } from './book';
import { OWN_PART, ownPart } from './finish';
import { LARGEST_FILE, LARGEST_UNPACKED } from './limits';
import { bytesInWords, strings } from './strings';

/** What is in a file besides its cells, by its parts. */
export interface Contents {
  readonly macros: boolean;
  readonly charts: number;
  readonly pictures: number;
  readonly own: Own | undefined;
}

/**
 * Looks into a file before it is read: what kind it is, and whether it can be unpacked.
 *
 * @throws Error with a sentence for what is no workbook that can be opened
 */
export function contentsOf(bytes: Uint8Array, file: string): Contents {
  if (bytes.length > LARGEST_FILE) {
    throw new Error(strings.tooLarge(file, bytesInWords(bytes.length), bytesInWords(LARGEST_FILE)));
  }
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    // Both are the same kind of container; names in it have two bytes a letter.
    throw new Error(holds(bytes, 'EncryptedPackage') ? strings.password(file) : strings.oldFormat(file));
  }
  if (!startsWith(bytes, [0x50, 0x4b])) throw new Error(strings.notAWorkbook(file));
  const parts = list(bytes, file);
  const has = (pattern: RegExp) => parts.some(({ name }) => pattern.test(name));
  const count = (pattern: RegExp) => parts.filter(({ name }) => pattern.test(name)).length;
  if (has(/^xl\/workbook\.bin$/)) throw new Error(strings.binary(file));
  if (!has(/^\[Content_Types\]\.xml$/)) {
    throw new Error(has(/^(mimetype|content\.xml)$/) ? strings.openDocument(file) : strings.otherZip(file));
  }
  if (!has(/workbook\w*\.xml$/)) throw new Error(strings.otherZip(file));
  const size = parts.reduce((sum, part) => sum + part.originalSize, 0);
  if (size > LARGEST_UNPACKED) {
    throw new Error(strings.unpacksTooLarge(file, bytesInWords(size), bytesInWords(LARGEST_UNPACKED)));
  }
  return {
    macros: has(/vbaProject\.bin$/),
    charts: count(/^xl\/charts\/chart[^/]*\.xml$/) + count(/^xl\/charts\/chartEx[^/]*\.xml$/),
    pictures: count(/^xl\/media\//),
    own: ownIn(bytes),
  };
}

/** Excel numbers such parts anew. */
function ownIn(bytes: Uint8Array): Own | undefined {
  const found = unzipSync(bytes, {
    filter: ({ name }) => name === OWN_PART || /^customXml\/item\d+\.xml$/.test(name),
  });
  for (const part of Object.values(found)) {
    const own = ownPart(strFromU8(part));
    if (own) return own;
  }
  return undefined;
}

function list(bytes: Uint8Array, file: string): { name: string; originalSize: number }[] {
  const parts: { name: string; originalSize: number }[] = [];
  try {
    unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        parts.push({ name, originalSize });
        return false;
      },
    });
  } catch (cause) {
    throw new Error(
      strings.damaged(file, 'its list of parts is not where it should be. Was it downloaded whole?'),
      {
        cause,
      },
    );
  }
  return parts;
}

const startsWith = (bytes: Uint8Array, start: readonly number[]) =>
  start.every((byte, at) => bytes[at] === byte);

function holds(bytes: Uint8Array, name: string): boolean {
  const wanted = [...name].flatMap((letter) => [letter.charCodeAt(0), 0]);
  for (
    let at = bytes.indexOf(wanted[0] as number);
    at >= 0;
    at = bytes.indexOf(wanted[0] as number, at + 1)
  ) {
    if (wanted.every((byte, offset) => bytes[at + offset] === byte)) return true;
  }
  return false;
}
