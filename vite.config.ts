import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { messageKey } from './src/words/message-key.ts';

/**
 * Content security policy: nothing may leave the page's origin. In a meta tag, because a static host cannot be
 * configured to send headers. Only in the build: the dev server needs inline scripts for reloading.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  // Hashes of the two style elements that react-aria creates (touch-action of buttons; scroll lock behind dialogs,
  // only on iOS). Its version is pinned; changed styles show up as errors in the e2e tests.
  "style-src 'self' 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o=' 'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='",
  "connect-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob: mediastream:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'none'",
].join('; ');

const contentSecurityPolicy: Plugin = {
  name: 'mien-content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
      injectTo: 'head-prepend',
    },
  ],
};

/** Modules preloaded by the page, although only main.tsx imports them. */
const INTERFACE_MODULES = ['/src/ui/mount.tsx', '/src/ui/App.tsx'];

/** Adds preload links for the interface's scripts to the page, so that they load in parallel with main.tsx. */
const preloadInterface: Plugin = {
  name: 'mien-preload-interface',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {}, path }) {
      // The embedded page does not use this interface.
      if (path !== '/index.html') return [];
      const files = new Set<string>();
      const styles = new Set<string>();
      const add = (name: string) => {
        const chunk = bundle[name];
        if (chunk?.type !== 'chunk' || html.includes(name) || files.has(name)) return;
        files.add(name);
        chunk.viteMetadata?.importedCss.forEach((file) => styles.add(file));
        chunk.imports.forEach(add);
      };
      for (const [name, chunk] of Object.entries(bundle)) {
        if (chunk.type === 'chunk' && INTERFACE_MODULES.some((module) => chunk.facadeModuleId?.endsWith(module))) add(name);
      }
      const link = (attrs: Record<string, string | boolean>) => ({ tag: 'link', attrs: { ...attrs, crossorigin: true }, injectTo: 'head' as const });
      return [
        ...Array.from(files, (file) => link({ rel: 'modulepreload', href: `./${file}` })),
        ...Array.from(styles, (file) => link({ rel: 'stylesheet', href: `./${file}` })),
      ];
    },
  },
};

/** Replaces the English texts in the catalogues by short keys: a third of what a language adds to a start. */
const shortKeys: Plugin = {
  name: 'mien-short-keys',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/src\/words\/messages\/\w+\.json$/.test(id)) return null;
    const catalogue = JSON.parse(code) as Record<string, string>;
    return JSON.stringify(Object.fromEntries(Object.entries(catalogue).map(([english, words]) => [messageKey(english), words])));
  },
};

/** Web app manifest for installation, and the list of files available offline. */
const offline = VitePWA({
  strategies: 'injectManifest',
  srcDir: 'src/offline',
  filename: 'service-worker.ts',
  // src/app/offline-copy.ts registers it.
  injectRegister: null,
  injectManifest: {
    globPatterns: ['**/*.{html,js,css,svg,png,webp,mp4,json,bin,wasm,tflite}'],
    // Only browsers without SIMD load the first file, and they need no other; the second only replaces a smaller one that traps. The seed
    // models are loaded when chosen, the HDF5 library for files that the small reader cannot parse. The Lab's files are listed, but
    // cached separately: src/offline/lab-parts.ts.
    globIgnores: ['vendor/tfjs/tfjs-backend-wasm.wasm', 'vendor/mediapipe/vision_wasm_module_internal.wasm', 'models/seed-*/**', 'assets/hdf5-wasm-*.js'],
    maximumFileSizeToCacheInBytes: 16 * 2 ** 20,
  },
  manifest: {
    name: 'Mien',
    short_name: 'Mien',
    description: 'Reads facial expressions from photos and the webcam. Everything stays on your device.',
    start_url: './',
    scope: './',
    display: 'standalone',
    theme_color: '#2a2c33',
    background_color: '#f6f5f2',
    icons: [
      { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: 'icons/192.png', sizes: '192x192', type: 'image/png' },
      { src: 'icons/512.png', sizes: '512x512', type: 'image/png' },
      { src: 'icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  },
});

/** Modules that both pages need at once: chunk by chunk they would take more requests and compress worse. */
const SHARED_START = [
  /node_modules\/(comlink|@lingui)\//,
  /src\/engine\/(assets|download-meter|errors|expected-bytes|labels|log|mixing|module-worker|reply|store|types)\.ts$/,
  /src\/engine\/face-detector\/compile-detector\.ts$/,
  /src\/workers\/(backend-choice|backend-memory|connection|life-lock|life-watch|pipeline-client|protocol|silence-watch|start-progress|stream-queue|supervised-worker|why-not-started)\.ts$/,
  // Their addresses.
  /src\/workers\/(network|pipeline)\.worker\.ts\?worker&url$/,
  /src\/words\/(compile-message|i18n|message-key|phrase)\.ts$/,
];

export default defineConfig({
  // Missing files give an error, as on a static host, instead of a fallback page.
  appType: 'mpa',
  // Relative, so that the same build works under any path.
  base: './',
  plugins: [react({ jsxImportSource: '#jsx' }), shortKeys, contentSecurityPolicy, preloadInterface, offline],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    sourcemap: false,
    license: { fileName: 'licenses.md' },
    rolldownOptions: {
      input: ['index.html', 'embed.html'],
      output: { codeSplitting: { groups: [{ name: 'start', test: (id) => SHARED_START.some((module) => module.test(id)), includeDependenciesRecursively: false }] } },
    },
  },
  preview: { port: 4173, strictPort: false },
});
