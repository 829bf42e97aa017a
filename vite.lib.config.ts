import { defineConfig } from 'vite';

/** Builds the library, which `scripts/build-lib.ts` assembles: an ES module, its workers, and their chunks. */
export default defineConfig({
  base: './',
  // Public files belong to the site; the script copies those that the library needs.
  publicDir: false,
  worker: { format: 'es' },
  experimental: {
    // The worker is located relative to `assetBase`, not to a module that bundlers may move; see `spawnModuleWorker`.
    renderBuiltUrl: (filename, { hostType }) => (hostType === 'js' ? { runtime: JSON.stringify(`./${filename}`) } : { relative: true }),
  },
  build: {
    target: 'es2022',
    sourcemap: false,
    // Its helper is for pages, and breaks imports elsewhere.
    modulePreload: false,
    license: { fileName: 'licenses.md' },
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      input: 'src/index.ts',
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: 'index.js' },
    },
  },
});
