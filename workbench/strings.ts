/** What the workbench says about notes, links and charts. A translation replaces this file alone. */
export const strings = {
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
