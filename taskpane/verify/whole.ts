import type { Shown } from '../../src/verify/api';
import { messages } from '../../src/verify/messages';

/** A value as people read it; a text whole, for two of them may differ only at their ends. */
export const whole = (value: Shown): string =>
  typeof value === 'string' ? JSON.stringify(value) : messages.shown(value);
