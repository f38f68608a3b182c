import { defineConfig } from 'vitest/config';

export default defineConfig({
  server: { fs: { strict: false } },
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  test: {
    reporters: ['verbose'],
    fileParallelism: false,
    testTimeout: 90_000,
    bail: 1,
    sequence: { shuffle: false },
  },
});
