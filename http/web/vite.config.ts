import { defineConfig } from 'vite';
import { outlinesPlugin } from './build_outlines';

export default defineConfig({
  base: '/admin/',
  plugins: [outlinesPlugin()],
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact', legalComments: 'none' },
  build: {
    outDir: '../../build/web',
    emptyOutDir: true,
    target: 'es2022',
    cssTarget: 'chrome123',
    assetsInlineLimit: 0, // The content security policy knows files, not data.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
});
