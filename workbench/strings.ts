/** What the workbench says about its start, notes, links and charts. A translation replaces this file alone. */
export const strings = {
  start: {
    failed: (why: string) => `The workbench could not start. ${why}`,
    notLoaded:
      'Its spreadsheet could not be loaded. Is the server of this page within reach? Reload the page to try again.',
  },
  goTo: (place: string) => `Go to ${place}`,
  open: (address: string) => `Open ${address}`,
  linkKeys: 'Ctrl+Enter',
  note: (address: string, note: string) => `Note on ${address}: ${note}`,
  lost: (place: string) => `The link leads to ${place}, which is not there any more.`,
  chart: {
    empty: 'The cells of this chart hold no numbers yet.',
    lost: (title: string) => `The chart “${title}” could not be drawn.`,
    more: (rows: number) => `${rows.toLocaleString('en')} more rows are in the cells.`,
  },
} as const;
