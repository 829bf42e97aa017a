import { useEffect } from 'react';
import { Tab, TabPanel, Tabs } from 'react-aria-components/Tabs';
import { dataSession } from '../../app/lab/data-session';
import { thoroughSession } from '../../app/lab/thorough-session';
import { goTo } from '../../app/navigation';
import { keepLabOffline } from '../../app/offline-copy';
import { usePageTitle } from '../use-page-title';
import { usePlace } from '../use-place';
import { ComparePage } from './compare/ComparePage';
import { DataPage } from './data/DataPage';
import { EvaluatePage } from './evaluate/EvaluatePage';
import { msg, t } from '../../words/i18n';
import styles from './lab.module.css';
import { TabRow } from './TabRow';
import { TeachPage } from './teach/TeachPage';
import { ModelsPage } from './models/ModelsPage';

const PAGES = [
  { id: 'models', name: msg('Models'), Page: ModelsPage },
  { id: 'compare', name: msg('Side by side'), Page: ComparePage },
  { id: 'data', name: msg('Data'), Page: DataPage },
  { id: 'evaluate', name: msg('Evaluate'), Page: EvaluatePage },
  { id: 'teach', name: msg('Teach'), Page: TeachPage },
] as const;

/** The Lab: import, evaluate and teach models. */
export default function LabPlace() {
  const { path } = usePlace();
  const shown = PAGES.find(({ id }) => id === path[0]) ?? PAGES[0];
  usePageTitle([t('Lab'), t(shown.name)]);
  useEffect(() => {
    void dataSession.restore();
    void thoroughSession.load();
    keepLabOffline();
  }, []);
  return (
    <Tabs className={styles['pages'] ?? ''} selectedKey={shown.id} onSelectionChange={(id) => goTo('lab', String(id))}>
      <TabRow label={t('Lab')} selected={shown.id}>
        {PAGES.map(({ id, name }) => (
          <Tab key={id} id={id}>
            {t(name)}
          </Tab>
        ))}
      </TabRow>
      {PAGES.map(({ id, Page }) => (
        <TabPanel key={id} id={id} className={styles['panel'] ?? ''}>
          <Page />
        </TabPanel>
      ))}
    </Tabs>
  );
}
