/** The model that comes with the add-in: the folder beside the page that holds it. */
export const EMBEDDED = { name: 'gpt2-tiny-stories', path: 'models/gpt2-tiny-stories' } as const;
