import { defineConfig } from 'vite';

/** The library that `scripts/build-lib.ts` puts together: an ES module, its workers, and the chunks that they load. */
export default defineConfig({
  base: './',
  // What is public belongs to the site; the script copies what the library needs of it.
  publicDir: false,
  worker: { format: 'es' },
  experimental: {
    // The worker lies below `assetBase`, not beside a module that somebody else may bundle and move; see `spawnModuleWorker`.
    renderBuiltUrl: (filename, { hostType }) => (hostType === 'js' ? { runtime: JSON.stringify(`./${filename}`) } : { relative: true }),
  },
  build: {
    target: 'es2022',
    sourcemap: false,
    // Its helper is for pages, and breaks an import elsewhere.
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
