import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A busy machine may take seconds to show what a person would see at once; no test is about how long that is.
    expect: { poll: { timeout: 20_000 } },
    // Browsers and ONNX Runtime take all the cores there are.
    maxWorkers: 2,
    reporters: ['default', './test/support/closing-line.ts'],
  },
});
