import { useId, useRef } from 'react';
import type { ArchivedSession } from '../../session/session-archive';
import { Button } from '../shared/Button';
import { CloseIcon } from '../shared/icons';
import { t } from '../../words/i18n';
import styles from './Tags.module.css';

type Tagged = Pick<ArchivedSession, 'id' | 'tags'>;
type OnTag = (tags: ReadonlyMap<string, readonly string[]>) => void;

const LONGEST_TAG = 40;

/** All tags of the sessions, in alphabetical order. */
export function tagsOf(sessions: readonly Tagged[]): readonly string[] {
  return [...new Set(sessions.flatMap(({ tags }) => tags))].sort((a, b) => a.localeCompare(b));
}

/** A session's tags, each linking to all sessions with it. */
export function TagLinks({ tags, onSearch }: { readonly tags: readonly string[]; readonly onSearch: (tag: string) => void }) {
  if (tags.length === 0) return null;
  return (
    <ul className={styles['tags']} aria-label={t('Tags')}>
      {tags.map((tag) => (
        <li key={tag}>
          <button type="button" className={styles['tag']} aria-label={t('Show all with the tag {tag}', { tag })} onClick={() => onSearch(tag)}>
            {tag}
          </button>
        </li>
      ))}
    </ul>
  );
}

interface EditProps {
  readonly session: Tagged;
  readonly known: readonly string[];
  readonly onTag: OnTag;
}

/** A session's tags with remove buttons, and a field that adds one. */
export function EditTags({ session, known, onTag }: EditProps) {
  const { id, tags } = session;
  return (
    <div className={styles['edit']} data-unprinted>
      {tags.length > 0 && (
        <ul className={styles['tags']} aria-label={t('Tags')}>
          {tags.map((tag) => (
            <li key={tag} className={styles['tag']}>
              {tag}
              <Button variant="quiet" icon aria-label={t('Remove the tag {tag}', { tag })} onPress={() => onTag(new Map([[id, tags.filter((each) => each !== tag)]]))}>
                <CloseIcon />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <AddTag sessions={[session]} known={known} onTag={onTag} />
    </div>
  );
}

interface AddProps {
  readonly sessions: readonly Tagged[];
  readonly known: readonly string[];
  readonly onTag: OnTag;
}

/** Adds a tag to sessions; suggests existing tags. */
export function AddTag({ sessions, known, onTag }: AddProps) {
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  const add = () => {
    const tag = field.current?.value.trim() ?? '';
    if (field.current) field.current.value = '';
    if (tag !== '') onTag(new Map(sessions.map(({ id, tags }) => [id, tags.includes(tag) ? tags : [...tags, tag]])));
  };
  return (
    <form
      className={styles['add']}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <input ref={field} list={list} maxLength={LONGEST_TAG} placeholder={t('Add a tag')} aria-label={t('{count, plural, one {Add a tag} other {Add a tag to # sessions}}', { count: sessions.length })} />
      <datalist id={list}>
        {known.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      <Button variant="quiet" type="submit">
        {t('Add')}
      </Button>
    </form>
  );
}
