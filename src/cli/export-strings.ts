const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Everything that `npm run export` says beside what a workbook itself says. */
export const exportStrings = {
  usage: `Usage: npm run export -- --model <folder> --out <file.xlsx> [--prompt <text>] [--room <tokens>] [--force]

Makes a workbook that is the whole model: its weights in cells, every stage in native formulas, from a prompt to the next
token. It needs no add-in. For example:

  npm run export -- --model weights/gpt2-tiny-stories --out gpt2.xlsx

  --model    a Hugging Face folder: config.json, model.safetensors, and vocab.json with merges.txt if there are any
  --out      the file to write
  --prompt   the text that it opens with
  --ids      for a model without a vocabulary, the token ids that it opens with: 0,1,2
  --room     the most tokens that a prompt may have: 32, or the model's context where that is shorter
  --force    overwrite the file if it is there

Ends with 0 when the file is written, with 1 when it is not, and with 2 when it was asked for in a wrong way.`,
  noModel: '--model is missing: give the folder of a model.',
  noOut: '--out is missing: give the file to write.',
  notXlsx: (given: string) => `--out is ${given}: its name must end in .xlsx.`,
  both: '--prompt and --ids were both given: give one of them.',
  notWhole: (option: string, given: string) =>
    `${option} has ${JSON.stringify(given)}: whole numbers are allowed.`,
  wantsText: (name: string) => `${name} has a vocabulary: give --prompt with a text instead of --ids.`,
  wantsIds: (name: string) => `${name} has no vocabulary: give --ids with token ids instead of --prompt.`,
  exists: (file: string) => `${file} is there already; --force overwrites it.`,
  isFolder: (file: string) => `${file} is a folder; give the name of a file.`,
  notWritten: (file: string, why: string) => `${file} could not be written: ${why}.`,
  reading: (folder: string) => `Reading ${folder}`,
  calculating: 'Calculating the first prompt',
  sheet: (done: number, total: number, sheet: string) => `${done + 1} of ${total}: ${sheet}`,
  packing: 'Writing and compressing the file',
  written: (file: string, bytes: number, sheets: number, room: number) =>
    `Wrote ${file}: ${megabytes(bytes)}, ${sheets} sheets, room for ${room} tokens.`,
};
