import type { ReactNode } from 'react';
import type { Wording } from '../../words/errors';
import { AlertIcon } from './icons';
import styles from './Message.module.css';

interface Props {
  readonly wording: Wording;
  /** The next step as a button, where there is one. */
  readonly children?: ReactNode;
}

/** Something that went wrong, in words, with a way on. */
export function Message({ wording, children }: Props) {
  return (
    <div className={styles['message']} role="alert">
      <AlertIcon />
      <div>
        <p className={styles['title']}>{wording.title}</p>
        <p>{wording.advice}</p>
        {children && <div className={styles['actions']}>{children}</div>}
      </div>
    </div>
  );
}
