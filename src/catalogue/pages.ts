/** Where the documentation lies, seen from the pages of the site. */
export const DOCS = 'docs/index.html';

/** What to do when something does not work. */
export const TROUBLE = 'docs/troubleshooting.html';

/** The page of a formula. */
export const pageOf = (id: string): string => `docs/${id}.html`;
