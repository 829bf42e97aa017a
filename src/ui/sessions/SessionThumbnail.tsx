import { useEffect, useRef } from 'react';
import { PeopleAssignment } from '../../session/people-edits';
import type { ArchivedSession } from '../../session/session-archive';
import { PersonBadge } from '../results/PersonBadge';
import { CameraIcon } from '../shared/icons';
import { FilmIcon } from './icons';
import styles from './SessionThumbnail.module.css';

const MOST_LETTERS = 3;

/** A session's small picture; without one, the letters of who is in it. */
export function SessionThumbnail({ session }: { readonly session: ArchivedSession }) {
  const { thumbnail, kind, people, tracks } = session;
  const letters = thumbnail ? [] : PeopleAssignment.of(people).among(tracks).slice(0, MOST_LETTERS);
  return (
    <span className={styles['thumbnail']}>
      {thumbnail && <Picture blob={thumbnail} />}
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

/** Draws into the element itself: its address ends with it. */
function Picture({ blob }: { readonly blob: Blob }) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const url = URL.createObjectURL(blob);
    if (image.current) image.current.src = url;
    return () => URL.revokeObjectURL(url);
  }, [blob]);
  return <img ref={image} alt="" />;
}
