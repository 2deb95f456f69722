import { NAMESPACE } from '../namespace';

/** A text or formula of a lesson with the namespace that the build has. */
export const named = (content: string): string => content.replaceAll('GPT2.', `${NAMESPACE}.`);

/** A text to be read: a line is not broken at the space that belongs to a token, as in “ dark”. */
export const unbroken = (content: string): string => content.replaceAll('“ ', '“\u00a0');
