import { cpSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Our assets and the peers' models in one folder, because the bench page is served from a single folder. */
export const PUBLIC_DIR = at('../.cache/bench-public');

export function gatherAssets(): void {
  mkdirSync(PUBLIC_DIR, { recursive: true });
  cpSync(at('../public'), PUBLIC_DIR, { recursive: true });
  for (const [name, folder] of [['human', 'models'], ['face-api', 'model']] as const) {
    cpSync(at(`../node_modules/@vladmandic/${name}/${folder}`), `${PUBLIC_DIR}/peers/${name}`, { recursive: true });
  }
}

export default defineConfig({
  root: at('./page'),
  base: './',
  publicDir: PUBLIC_DIR,
  worker: { format: 'es' },
  build: { outDir: at('../.cache/bench-dist'), emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 4000, rolldownOptions: { input: ['index', 'crops', 'scenes', 'photos', 'sessions', 'parity', 'models', 'detector-functions'].map((name) => at(`./page/${name}.html`)) } },
  logLevel: 'warn',
});
