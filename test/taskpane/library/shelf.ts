import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Model } from '../../../src/gpt2/reference';
import { randomModel, smallConfig } from '../../support/random';

/** A model of some 1.9 MB, so that there is time to pause in the middle of it. */
export const config = smallConfig({ n_layer: 4, n_embd: 96, n_positions: 32, vocab_size: 300 });
export const modelOf = (seed: number): Model => randomModel(config, seed);

export const WEIGHTS = 'model.safetensors';

/** Where a person finds things in the library: the rows, and the fields below them. */
export class LibraryPage {
  constructor(readonly page: Page | ReturnType<Page['frameLocator']>) {}

  async open(): Promise<void> {
    await this.page.getByRole('tab', { name: 'Model' }).click();
    await this.row('gpt2-xl').waitFor();
  }

  row(name: string): Locator {
    return this.page.locator(`[data-model="${name}"]`);
  }

  state = (name: string): Promise<string> => this.row(name).locator('.library-state').innerText();

  /** What is said of a model. */
  said = (name: string): Promise<string> => this.row(name).locator('.library-note').innerText();

  progress = (name: string): Promise<string> => this.row(name).locator('.progress-text').innerText();

  async unfold(name: string): Promise<void> {
    const details = this.row(name).locator('.library-details');
    if ((await details.getAttribute('open')) === null) await this.row(name).locator('.library-head').click();
  }

  async act(name: string, action: string): Promise<void> {
    await this.unfold(name);
    await this.row(name).locator(`[data-action=${action}]`).click();
  }

  async section(name: 'more' | 'servers'): Promise<Locator> {
    const section = this.page.locator(`[data-section=${name}]`);
    if ((await section.getAttribute('open')) === null) await section.locator('> summary').click();
    return section;
  }

  async useServers(...servers: readonly string[]): Promise<void> {
    const section = await this.section('servers');
    await section.locator('textarea').fill(servers.join('\n'));
    await section.locator('[data-action=save-servers]').click();
    await expect.poll(() => this.beside('servers'), { timeout: 60_000 }).not.toBe('');
  }

  /** Looks a model up, and presses a button below what was found. */
  async find(field: 'hub' | 'url', text: string, then?: 'use' | 'download' | 'close'): Promise<void> {
    await this.section('more');
    await this.page.locator(`#library-${field}`).fill(text);
    await this.page.locator(`#library-${field}`).press('Enter');
    if (then) await this.page.locator(`#library-${field}-said [data-action=${then}]`).click();
  }

  /** What is said beside a field. */
  beside = (field: 'hub' | 'url' | 'folder' | 'servers'): Promise<string> =>
    this.page.locator(`#library-${field}-said`).innerText();

  untilState = (name: string, state: string | RegExp) =>
    expect.poll(() => this.state(name), { timeout: 60_000 }).toMatch(state);
}
