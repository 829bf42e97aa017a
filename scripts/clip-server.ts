import type { Browser } from '@playwright/test';
import type { Plugin } from 'vite';

/** Serves the drawn clips below `/clips/`; one that is not on the disk yet is drawn when it is asked for, all in one browser. */
export function clipServer(): Plugin {
  let studio: Promise<Browser> | null = null;
  return {
    name: 'mien-clips',
    configureServer(server) {
      // Loaded by Vite itself: what a config file imports would have to spell out every extension.
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
    // As the server closes.
    async buildEnd() {
      await (await studio)?.close();
      studio = null;
    },
  };
}
