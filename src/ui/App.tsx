import { useEffect, useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs';
import styles from './App.module.css';
import { EngineProvider } from './engine-context';
import { applyColorScheme } from './expression-style';
import { Button } from './shared/Button';
import { goTo, TABS } from '../app/navigation';
import { usePlace } from './use-place';
import { InfoIcon, SettingsIcon } from './shared/icons';
import { EngineStatus } from './shell/EngineStatus';
import { lazyComponent } from './shell/lazy-component';
import { Footer } from './shell/Footer';
import { RecordingMark } from './shell/RecordingMark';
import { Recovery } from './shell/Recovery';
import { useColorScheme } from './use-color-scheme';

const loadPhotoTab = () => import('./photo/PhotoTab');
// The tab in front: fetched at once, not only when it is first rendered.
const PhotoTab = lazyComponent(loadPhotoTab, <Loading />, loadPhotoTab());
const WebcamTab = lazyComponent(() => import('./webcam/WebcamTab'), <Loading />);
const VideoTab = lazyComponent(() => import('./video/VideoTab'), <Loading />);
const SessionsTab = lazyComponent(() => import('./sessions/SessionsTab'), <Loading />);
const SettingsDialog = lazyComponent(() => import('./shell/SettingsDialog'));
const AboutDialog = lazyComponent(() => import('./about/AboutDialog'));

type OpenDialog = 'settings' | 'about' | null;

export function App() {
  const scheme = useColorScheme();
  const { tab } = usePlace();
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const close = () => setDialog(null);

  useEffect(() => applyColorScheme(document.documentElement, scheme), [scheme]);

  return (
    <EngineProvider>
      <a className={styles['skip']} href="#main">
        Skip to the content
      </a>
      {/* At the top for the message that stands in a dialog's place where it cannot be shown; not among the tabs, which render what is in them twice. */}
      <div className={styles['dialogs']}>
        {dialog === 'settings' && <SettingsDialog onClose={close} />}
        {dialog === 'about' && <AboutDialog onClose={close} />}
      </div>
      <Tabs
        className={styles['page'] ?? ''}
        selectedKey={tab}
        onSelectionChange={(key) => goTo({ tab: TABS.find((known) => known === key) ?? tab })}
      >
        <header className={styles['header']}>
          <h1 className={styles['name']}>
            <img src="./icon.svg" alt="" width="28" height="28" />
            Mien
          </h1>
          <TabList className={styles['tabs'] ?? ''} aria-label="What to read from">
            <Tab id="photo">Photo</Tab>
            <Tab id="webcam">Webcam</Tab>
            <Tab id="video">Video</Tab>
            <Tab id="sessions">Sessions</Tab>
          </TabList>
          <div className={styles['tools']}>
            <RecordingMark isHome={tab === 'webcam'} />
            <Button variant="quiet" icon aria-label="About this model" onPress={() => setDialog('about')}>
              <InfoIcon />
            </Button>
            <Button variant="quiet" icon aria-label="Settings" onPress={() => setDialog('settings')}>
              <SettingsIcon />
            </Button>
          </div>
        </header>
        <main id="main" className={styles['main']} tabIndex={-1}>
          <EngineStatus />
          <Recovery />
          {/* Stays in place while hidden: a batch goes on, and nothing chosen is lost. */}
          <TabPanel id="photo" className={styles['panel'] ?? ''} shouldForceMount>
            <PhotoTab />
          </TabPanel>
          <TabPanel id="webcam" className={styles['panel'] ?? ''}>
            <WebcamTab />
          </TabPanel>
          <TabPanel id="video" className={styles['panel'] ?? ''}>
            <VideoTab />
          </TabPanel>
          <TabPanel id="sessions" className={styles['panel'] ?? ''}>
            <SessionsTab />
          </TabPanel>
        </main>
        <Footer onAbout={() => setDialog('about')} />
      </Tabs>
    </EngineProvider>
  );
}

function Loading() {
  return <p className={styles['loading']}>Loading…</p>;
}
