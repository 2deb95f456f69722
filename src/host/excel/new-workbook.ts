/** Opens an .xlsx file as a workbook of its own, in another window. */
export const openWorkbook = (bytes: Uint8Array): Promise<void> => Excel.createWorkbook(base64Of(bytes));

/** Bytes that are encoded at once: a multiple of three, and not more than a function takes arguments. */
const CHUNK = 3 * 8192;

/** Three bytes are four letters, so that pieces that are whole can be put one behind another. */
function base64Of(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let from = 0; from < bytes.length; from += CHUNK) {
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(from, from + CHUNK))));
  }
  return pieces.join('');
}
