import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A busy machine may take minutes for what is usually done in seconds; no test is about how long anything takes.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 20_000 } },
    // Browsers and ONNX Runtime take all the cores there are.
    maxWorkers: 2,
    reporters: ['default', './test/support/closing-line.ts'],
  },
});
