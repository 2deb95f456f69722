/** Opens an .xlsx file as a workbook of its own, in another window. */
export async function openWorkbook(bytes: Uint8Array): Promise<void> {
  await Excel.createWorkbook(await base64Of(bytes));
}

/** The browser's own encoding: it does not hold a string of every byte. */
async function base64Of(bytes: Uint8Array): Promise<string> {
  const url = await new Promise<string>((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result as string);
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  });
  return url.slice(url.indexOf(',') + 1);
}
