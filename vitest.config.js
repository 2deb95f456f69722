import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Browsers and ONNX Runtime share two cores badly.
    maxWorkers: 2,
  },
});
