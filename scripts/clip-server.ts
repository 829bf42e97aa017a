import type { Plugin } from 'vite';

/** Serves the drawn clips below `/clips/`; one that is not on the disk yet is drawn when it is asked for. */
export function clipServer(): Plugin {
  return {
    name: 'mien-clips',
    configureServer(server) {
      // Loaded by Vite itself: what a config file imports would have to spell out every extension.
      const drawing = () => server.ssrLoadModule('/scripts/drawn-faces/video-clips.ts') as Promise<typeof import('./drawn-faces/video-clips')>;
      server.middlewares.use('/clips', (request, response, next) => {
        const name = (request.url ?? '').slice(1);
        const serve = async () => {
          const { clipBytes, isVideoClip, videoClips } = await drawing();
          if (!isVideoClip(name)) return next();
          await videoClips([name]);
          response.end(clipBytes(name));
        };
        serve().catch(next);
      });
    },
  };
}
