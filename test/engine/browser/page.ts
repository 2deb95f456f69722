import { compareInPage } from './agreement';
import { holdInPage } from './held';
import { loseDevice } from './lost';

/** What tests call in the page. */
const enginePage = { compareInPage, holdInPage, loseDevice };

declare global {
  interface Window {
    enginePage: typeof enginePage;
  }
}

window.enginePage = enginePage;
