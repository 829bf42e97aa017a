import { startTransition, useEffect, useState, type MouseEvent } from 'react';
import { t } from '../words/i18n';
import styles from './App.module.css';
import { EngineProvider } from './engine-context';
import { Button } from './shared/Button';
import { ABOUT_HREF, closeAbout, type PlaceName } from '../app/navigation';
import { startIsOver } from '../app/start-is-over';
import { followPicturesOnPaper } from './pictures-on-paper';
import { early, LOAD_PLACE } from './place-files';
import { useAboutOpen, usePlace } from './use-place';
import { InfoIcon, SettingsIcon } from './shared/icons';
import { EngineStatus } from './shell/EngineStatus';
import { lazyComponent } from './shell/lazy-component';
import { Footer } from './shell/Footer';
import { ModelNotice } from './shell/ModelNotice';
import { Places } from './shell/Places';
import { RecordingMark } from './shell/RecordingMark';
import { Recovery } from './shell/Recovery';

const placeOf = (name: PlaceName) => lazyComponent(LOAD_PLACE[name], <Loading />, early(name));
const ReadPlace = placeOf('read');
const WebcamTab = placeOf('live');
const SessionsTab = placeOf('library');
const LabPlace = placeOf('lab');
const SettingsDialog = lazyComponent(() => import('./shell/SettingsDialog'));
const AboutDialog = lazyComponent(() => import('./about/AboutDialog'));

export function App() {
  const { name } = usePlace();
  const hasReadPlace = useReadPlace(name);
  const isAboutOpen = useAboutOpen();
  const [showsSettings, setShowsSettings] = useState(false);

  useEffect(followPicturesOnPaper, []);
  useEffect(() => {
    scrollTo(0, 0);
  }, [name]);
  useEffect(() => {
    const start = import('./shell/keep-page-focus').then(({ keepPageFocus }) => keepPageFocus());
    // The app works without it.
    start.catch(() => undefined);
    return () => void start.then((stop) => stop()).catch(() => undefined);
  }, []);

  return (
    <EngineProvider>
      <a className={styles['skip']} href="#main" onClick={skipToContent} data-unprinted>
        {t('Skip to the content')}
      </a>
      {/* At the top, for error messages of dialogs that cannot be shown. */}
      <div className={styles['dialogs']}>
        {showsSettings && <SettingsDialog onClose={() => setShowsSettings(false)} />}
        {isAboutOpen && <AboutDialog onClose={closeAbout} />}
      </div>
      <div className={styles['page']}>
        <header className={styles['header']} data-unprinted>
          <h1 className={styles['name']}>
            <img src="./icon.svg" alt="" width="28" height="28" />
            <span>Mien</span>
          </h1>
          <Places current={name} />
          <div className={styles['tools']}>
            <RecordingMark isHome={name === 'live'} />
            <Button variant="quiet" icon aria-label={t('About this model')} onPress={openAbout}>
              <InfoIcon />
            </Button>
            <Button variant="quiet" icon aria-label={t('Settings')} onPress={() => setShowsSettings(true)}>
              <SettingsIcon />
            </Button>
          </div>
        </header>
        <main id="main" className={styles['main']} tabIndex={-1}>
          <EngineStatus />
          <ModelNotice />
          <Recovery />
          {/* Stays mounted while hidden, so that nothing opened in it is lost. */}
          <section className={styles['place']} aria-label={t('Read')} inert={name !== 'read'}>
            {hasReadPlace && <ReadPlace />}
          </section>
          {name === 'live' && (
            <section className={styles['place']} aria-label={t('Live')}>
              <WebcamTab />
            </section>
          )}
          {name === 'library' && (
            <section className={styles['place']} aria-label={t('Library')}>
              <SessionsTab />
            </section>
          )}
          {name === 'lab' && (
            <section className={styles['place']} aria-label={t('Lab')}>
              <LabPlace />
            </section>
          )}
        </main>
        <Footer onAbout={openAbout} />
      </div>
    </EngineProvider>
  );
}

/** Whether the Read place is rendered. On a page opened at Live it waits until startup is over or Read is shown. */
function useReadPlace(shown: PlaceName): boolean {
  const [isThere, setThere] = useState(false);
  if (shown !== 'live' && !isThere) setThere(true);
  useEffect(() => {
    let isMounted = true;
    const show = () => {
      if (isMounted) setThere(true);
    };
    void startIsOver().then(() => startTransition(show));
    return () => {
      isMounted = false;
    };
  }, []);
  return isThere;
}

function openAbout(): void {
  location.hash = ABOUT_HREF;
}

/** Prevents navigation to the link's hash, which names no place. */
function skipToContent(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function Loading() {
  return <p className={styles['loading']}>{t('Loading…')}</p>;
}
