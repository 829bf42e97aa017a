import type { Browser } from '@playwright/test';
import type { Plugin } from 'vite';

/** Serves the drawn clips at `/clips/`. Renders missing ones on request, all in one browser. */
export function clipServer(): Plugin {
  let studio: Promise<Browser> | null = null;
  return {
    name: 'mien-clips',
    configureServer(server) {
      // Loaded through Vite: imports of a config file need explicit extensions.
      const drawing = () => server.ssrLoadModule('/scripts/drawn-faces/video-clips.ts') as Promise<typeof import('./drawn-faces/video-clips')>;
      server.middlewares.use('/clips', (request, response, next) => {
        const name = (request.url ?? '').slice(1);
        const serve = async () => {
          const { clipBytes, isVideoClip, openStudio, videoClips } = await drawing();
          if (!isVideoClip(name)) return next();
          await videoClips([name], () => (studio ??= openStudio()));
          response.end(clipBytes(name));
        };
        serve().catch(next);
      });
    },
    // Called when the server closes.
    async buildEnd() {
      await (await studio)?.close();
      studio = null;
    },
  };
}
