import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds serious or critical in a page, with what it says of each.
 * @param within selectors of the parts to look at; the spreadsheet's own elements are not ours
 */
export async function seriousFindings(page: Page | Frame, within?: readonly string[]): Promise<string[]> {
  await page.evaluate(AXE);
  const context = within ? JSON.stringify({ include: within }) : 'document';
  const { violations } = (await page.evaluate(`axe.run(${context})`)) as AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}
