import { log } from './engine/log';
import { followLanguageSetting } from './app/language';
import { keepOfflineCopy } from './app/offline-copy';
import { engineHolder } from './app/engine-holder';
import './theme.css';

/** Late enough not to compete with a first result. */
const OFFLINE_COPY_DELAY_MS = 3_000;

// First of all: the engine takes longest to come, and needs nothing of the interface.
engineHolder.start();

const language = followLanguageSetting();

async function showInterface(): Promise<void> {
  // One after the other, so that each is a task of its own; the page has asked for both already (vite.config.ts).
  const { mount } = await import('./ui/mount');
  const { App } = await import('./ui/App');
  const { followColorScheme } = await import('./ui/color-scheme');
  await language;
  followColorScheme();
  mount(App);
}

addEventListener('error', ({ message }) => log.error(`uncaught: ${message}`));
addEventListener('unhandledrejection', ({ reason }) => log.error(`uncaught: ${String(reason)}`));

void showInterface();
// The copy is as large as all that the engine needs, and would take turns with it and with the first picture.
void engineHolder.settled().then(() => setTimeout(keepOfflineCopy, OFFLINE_COPY_DELAY_MS));
