import { PeopleAssignment } from '../../session/people-edits';
import type { ArchivedSession, SessionArchive } from '../../session/session-archive';
import { goTo } from '../../app/navigation';
import { sessionStem } from '../../app/files/session-file';
import { SESSION_ORDERS, type SessionOrder } from '../../app/library/session-choice';
import { BundleDownloads } from '../shared/BundleDownloads';
import { Button } from '../shared/Button';
import { ImportButton } from './ImportSessions';
import { PrintSessions } from './PrintSessions';
import { AddTag, tagsOf } from './Tags';
import { CompareIcon, TrashIcon } from './icons';
import { type Phrase, msg, t } from '../../words/i18n';
import styles from './sessions.module.css';

const ORDER_NAMES: Readonly<Record<SessionOrder, Phrase>> = { newest: msg('Newest first'), oldest: msg('Oldest first'), name: msg('By name'), longest: msg('Longest first') };

interface Props {
  readonly archive: SessionArchive;
  readonly search: string;
  readonly onSearch: (search: string) => void;
  readonly order: SessionOrder;
  readonly onOrder: (order: SessionOrder) => void;
  /** Complete sessions in the list. */
  readonly shown: readonly ArchivedSession[];
  /** The selected ones among them. */
  readonly ticked: readonly ArchivedSession[];
  readonly onTick: (ids: readonly string[]) => void;
  /** All sessions, for suggesting their tags. */
  readonly sessions: readonly ArchivedSession[];
  readonly onTag: (tags: ReadonlyMap<string, readonly string[]>) => void;
  readonly onDelete: (sessions: readonly ArchivedSession[]) => void;
  /** Element that receives the printed report of several sessions. */
  readonly printPlace: HTMLElement | null;
}

/** Search, sorting and actions on several sessions. */
export function LibraryTools({ archive, search, onSearch, order, onOrder, shown, ticked, onTick, sessions, onTag, onDelete, printPlace }: Props) {
  const subject = ticked.length > 0 ? ticked : shown;
  const bundled = subject.map((session) => ({
    stem: sessionStem(session),
    relative: PeopleAssignment.of(session.people).hasBaselines,
    samples: session.frames + session.skippedFrames,
    load: () => archive.load(session.id),
  }));
  return (
    <div className={styles['library']}>
      <label className={styles['search']}>
        <span>{t('Search')}</span>
        <input type="search" value={search} placeholder={t('Name or tag')} onChange={({ target }) => onSearch(target.value)} />
      </label>
      <label className={styles['search']}>
        <span>{t('Order')}</span>
        <select value={order} onChange={({ target }) => onOrder(SESSION_ORDERS.find((known) => known === target.value) ?? order)}>
          {SESSION_ORDERS.map((known) => (
            <option key={known} value={known}>
              {t(ORDER_NAMES[known])}
            </option>
          ))}
        </select>
      </label>
      <div className={styles['tools']}>
        <label className={styles['tick']}>
          <input
            type="checkbox"
            checked={ticked.length > 0 && ticked.length === shown.length}
            onChange={({ target }) => onTick(target.checked ? shown.map(({ id }) => id) : [])}
          />
          {t('Select all')}
        </label>
        {ticked.length > 0 && <PrintSessions archive={archive} sessions={ticked} place={printPlace} />}
        {bundled.length > 0 && <BundleDownloads noun="sessions" sessions={bundled} selected={ticked.length > 0} forExcel />}
        <ImportButton />
        {ticked.length === 2 && (
          <Button variant="quiet" onPress={() => goTo('library', 'compare', ...ticked.map(({ id }) => id))}>
            <CompareIcon />
            {t('Compare these two')}
          </Button>
        )}
        {ticked.length > 0 && <AddTag sessions={ticked} known={tagsOf(sessions)} onTag={onTag} />}
        {ticked.length > 0 && (
          <Button variant="quiet" onPress={() => onDelete(ticked)}>
            <TrashIcon />
            {t('{count, plural, =1 {Delete the selected session} one {Delete # selected session} other {Delete # selected sessions}}', { count: ticked.length })}
          </Button>
        )}
      </div>
    </div>
  );
}
