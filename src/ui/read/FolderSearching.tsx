import { t } from '../../words/i18n';
import { Button } from '../shared/Button';
import type { FolderSearch } from '../shared/use-incoming-files';
import styles from './KeepingNotices.module.css';

/** Progress of the search through dropped folders. */
export function FolderSearching({ search: { found, onStop } }: { readonly search: FolderSearch }) {
  return (
    <section className={styles['notice']} aria-label={t('Looking through the folders')}>
      <p role="status">{t('Looking through the folders: {found, plural, one {# file} other {# files}} so far', { found })}</p>
      <div className={styles['actions']}>
        <Button onPress={onStop}>{t('Stop here')}</Button>
      </div>
    </section>
  );
}
