import { compareInPage } from './agreement';
import { loseDevice } from './lost';

/** What tests call in the page. */
const enginePage = { compareInPage, loseDevice };

declare global {
  interface Window {
    enginePage: typeof enginePage;
  }
}

window.enginePage = enginePage;
