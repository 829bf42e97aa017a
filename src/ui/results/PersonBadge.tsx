import { useColorScheme } from '../use-color-scheme';
import { personLetter } from '../../words/person-letter';
import { PERSON_LETTER_COLOR, personColor } from '../../words/person-style';
import styles from './PeopleList.module.css';

/** A person's letter on their colour. */
export function PersonBadge({ person }: { readonly person: number }) {
  const scheme = useColorScheme();
  return (
    <span className={styles['badge']} style={{ background: personColor(person, scheme), color: PERSON_LETTER_COLOR[scheme] }} aria-hidden="true">
      {personLetter(person)}
    </span>
  );
}
