import * as agreement from './agreement';

declare global {
  /** What the test calls in the page. */
  var compareInPage: typeof agreement.compareInPage;
}

globalThis.compareInPage = agreement.compareInPage;
