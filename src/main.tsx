import { log } from './engine/log';
import { followLanguageSetting } from './app/language';
import { keepOfflineCopy } from './app/offline-copy';
import { engineHolder } from './app/engine-holder';
import { networkIsFree } from './app/network-is-free';
import { startIsOver } from './app/start-is-over';
import { firstPlace } from './ui/place-files';
import './theme.css';

const language = followLanguageSetting();

/** Resolves when the first place is there. */
async function showInterface(): Promise<void> {
  // One after the other, so that each is a task of its own; the page has asked for both already (vite.config.ts).
  const { mount } = await import('./ui/mount');
  const { App } = await import('./ui/App');
  const { followColorScheme } = await import('./ui/color-scheme');
  await language;
  followColorScheme();
  // Rendering too: on a slow processor the engine's worker would start beside it.
  await Promise.all([mount(App), firstPlace]);
}

addEventListener('error', ({ message }) => log.error(`uncaught: ${message}`));
addEventListener('unhandledrejection', ({ reason }) => log.error(`uncaught: ${String(reason)}`));

const shown = showInterface();
shown.catch((error: unknown) => log.error(`uncaught: ${String(error)}`));
// The engine is thirty times as large as the interface: a slow network brings that first, a fast one both at once.
void networkIsFree(shown)
  .catch(() => undefined)
  .then(() => engineHolder.start());
// The copy is as large as all that the engine needs, and would take turns with it and with the first picture.
void startIsOver().then(keepOfflineCopy);
