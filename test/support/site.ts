import { serve } from '../../build/serve.js';

/** The built site on a free port; `npm test` has built it before. */
export const serveSite = (
  options: { isolated?: boolean } = {},
): Promise<{ url: string; close(): Promise<void> }> => serve(options);
