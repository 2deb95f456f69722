import { launchChromium } from '../../test/support/browser';
import { told, within } from '../compare';
import type { GpuCounts } from '../pages/gpu-worker';
import type { Page } from '../pages/page';
import type { Row } from '../row';

const TOKENS = 3;
const LENGTH = 4;

export const rows: readonly Row[] = [
  {
    name: 'webgpu',
    title: 'WebGPU, counted on a graphics device in software',
    quick: false,
    async run(lab) {
      await lab.runners([], 1);
      lab.store.huggingFace();
      const browser = await launchChromium({ gpu: true });
      try {
        const page = await lab.page(browser);
        const { opening, prompt, token } = await page.evaluate(
          ([prompt, tokens]) =>
            (window as unknown as { bench: Page }).bench.countGpu('models/hf', prompt, tokens),
          [lab.prompt(LENGTH), lab.prompt(TOKENS)] as const,
        );
        const megabytes = (bytes: number) => [bytes / 1e6];
        const { vocab_size } = lab.store.config;
        // A row of logits, in pieces of sixteen bytes, as devices copy.
        const logits = (16 * Math.ceil(vocab_size / 4)) / 1e6;
        return {
          comparisons: [
            ...told(
              within('WebGPU, dispatches for one token', 'dispatches', [token.dispatches]),
              within('WebGPU, written to the device for one token', 'MB', megabytes(token.written)),
              within('WebGPU, copied on the device for one token', 'MB', megabytes(token.copied)),
            ),
            // A cell asked for one row of logits.
            within('WebGPU, read back for one token', 'MB', megabytes(token.readBack), logits),
            within(
              'WebGPU, held on the device when the model is open',
              'MB',
              megabytes(opening.held),
              (1.05 * lab.store.bytes) / 1e6,
            ),
          ],
          notes: [
            `Opening: ${said(opening)}.`,
            `The pass over ${LENGTH} tokens and the first behind them: ${said(prompt)}.`,
            `One token: ${said(token)}. Of it ${logits.toFixed(2)} MB are the row of logits that was asked for.`,
            `The weights are ${(lab.store.bytes / 1e6).toFixed(0)} MB.`,
          ],
        };
      } finally {
        await browser.close();
      }
    },
  },
];

const said = ({ dispatches, submits, written, copied, readBack, held }: GpuCounts): string =>
  `${dispatches.toFixed(0)} dispatches in ${submits.toFixed(0)} submits, ${mb(written)} written, ${mb(copied)} copied, ` +
  `${mb(readBack)} read back, ${mb(held)} more held`;
const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
