import { PeopleAssignment } from '../../session/people-edits';
import type { ArchivedSession } from '../../session/session-archive';
import { PersonBadge } from '../results/PersonBadge';
import { BlobPicture } from '../shared/BlobPicture';
import { CameraIcon } from '../shared/icons';
import { FilmIcon } from './icons';
import styles from './SessionThumbnail.module.css';

const MOST_LETTERS = 3;

/** A session's thumbnail; without one, the letters of its people. */
export function SessionThumbnail({ session }: { readonly session: ArchivedSession }) {
  const { thumbnail, kind, people, tracks } = session;
  const letters = thumbnail ? [] : PeopleAssignment.of(people).among(tracks).slice(0, MOST_LETTERS);
  return (
    <span className={styles['thumbnail']}>
      {thumbnail && <BlobPicture blob={thumbnail} alt="" />}
      {letters.length > 0 && (
        <span className={styles['letters']}>
          {letters.map((person) => (
            <PersonBadge key={person} person={person} />
          ))}
        </span>
      )}
      <span className={styles['kind']} data-alone={(!thumbnail && letters.length === 0) || undefined}>
        {kind === 'webcam' ? <CameraIcon /> : <FilmIcon />}
      </span>
    </span>
  );
}
