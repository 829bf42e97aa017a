import { useColorScheme } from '../use-color-scheme';
import { PERSON_NUMBER_COLOR, personColor } from '../../words/person-style';
import styles from './PeopleList.module.css';

/** A person's number on their colour. */
export function PersonBadge({ track }: { readonly track: number }) {
  const scheme = useColorScheme();
  return (
    <span className={styles['badge']} style={{ background: personColor(track, scheme), color: PERSON_NUMBER_COLOR[scheme] }} aria-hidden="true">
      {track}
    </span>
  );
}
