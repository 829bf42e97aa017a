import type { LeftOut } from '../../../app/lab/data-set';
import { wordLeftOut, wordPictureName } from '../../../app/lab/data-words';
import { t } from '../../../words/i18n';
import styles from '../lab.module.css';

interface Props {
  readonly leftOut: readonly LeftOut[];
  /** Number of pictures to list; the others are only counted. */
  readonly most: number;
}

/** Pictures without a usable face, each with its reason. */
export function LeftOutList({ leftOut, most }: Props) {
  return (
    <>
      <ul className={styles['list']}>
        {leftOut.slice(0, most).map(({ name, reason }, i) => (
          <li key={i}>
            {wordPictureName(name)}: {wordLeftOut(reason)}
          </li>
        ))}
      </ul>
      {leftOut.length > most && <p className={styles['hint']}>{t('{count, plural, other {And # more.}}', { count: leftOut.length - most })}</p>}
    </>
  );
}
