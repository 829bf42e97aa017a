import type { ReactNode } from 'react';
import type { MienError } from '../../engine/errors';
import { wordError } from '../../words/errors';
import type { Wording } from '../../words/wording';
import { CopyDetails } from './CopyDetails';
import { AlertIcon } from './icons';
import styles from './Message.module.css';

interface Props {
  readonly error: MienError;
  /** Default: the error's own. */
  readonly wording?: Wording;
  /** The next step as a button, if there is one. */
  readonly children?: ReactNode;
}

/** An error message with advice, and details to copy. */
export function Message({ error, wording = wordError(error), children }: Props) {
  return (
    <div className={styles['message']} role="alert">
      <AlertIcon />
      <div>
        <p className={styles['title']}>{wording.title}</p>
        <p>{wording.advice}</p>
        <div className={styles['actions']}>
          {children}
          <CopyDetails error={error} />
        </div>
      </div>
    </div>
  );
}
