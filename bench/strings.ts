/** What the command says. */
export const strings = {
  usage: (names: readonly string[]) =>
    [
      'npm run bench                 all rows but the long ones; the page docs/performance.md is not touched',
      'npm run bench -- --quick      a first look at some rows, in a few minutes',
      'npm run bench -- <row> …      some rows',
      'npm run bench -- soak         ten thousand recalculations; with --quick four hundred',
      'npm run bench -- --page       writes docs/performance.md and its picture from the figures there are',
      '',
      `Rows: ${names.join(', ')}.`,
    ].join('\n'),
  unknown: (name: string) => `There is no row "${name}".`,
  nothing: 'There are no figures yet, so there is nothing to write a page from: npm run bench.',
  missing: (row: string, message: string) => `${row} was left out. ${message}.`,
  failed: (row: string, message: string) => `${row} failed: ${message}`,
  late: (minutes: number) => `it had not ended after ${minutes} minutes.`,
  row: (n: number, of: number, name: string, title: string) => `Row ${n} of ${of}, ${name}: ${title}`,
  without: (rows: readonly string[]) => `Without figures of this run: ${rows.join(', ')}.`,
  busy: (load: number, cores: number) =>
    `Other programs keep ${load.toFixed(1)} of this machine's ${cores} processors busy: times are too long, ratios uncertain.`,
  written: (path: string) => `The figures are in ${path}.`,
  page: (path: string) => `Wrote ${path}.`,
};
