import { Button as AriaButton } from 'react-aria-components/Button';
import type { ArchivedSession } from '../../session/session-archive';
import { Breakable } from '../shared/Breakable';
import { EditableName } from '../shared/EditableName';
import { t } from '../../words/i18n';
import { sessionName } from '../../words/session';
import styles from './sessions.module.css';

interface Props {
  readonly session: ArchivedSession;
  readonly onRename: (name: string) => void;
  /** Null if the session is already open. */
  readonly onOpen: (() => void) | null;
}

/** A session's name, which opens the session and can be edited in place. */
export function SessionName({ session, onRename, onOpen }: Props) {
  const name = sessionName(session);
  return (
    <EditableName name={name} label={t('Name of the session')} onRename={onRename}>
      {onOpen ? (
        <AriaButton className={styles['open'] ?? ''} onPress={onOpen}>
          {name}
        </AriaButton>
      ) : (
        <h3 dir="auto" className={styles['title']}>
          <Breakable name={name} />
        </h3>
      )}
    </EditableName>
  );
}
