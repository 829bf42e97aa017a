import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import type { ArchivedSession } from '../../session/session-archive';
import { Button } from '../shared/Button';
import { PencilIcon } from './icons';
import styles from './sessions.module.css';

interface Props {
  readonly session: ArchivedSession;
  readonly onRename: (name: string) => void;
  /** Null where it is open already. */
  readonly onOpen: (() => void) | null;
}

const MOST_CHARACTERS = 200;

/** A session's name, which opens it, and can be changed where it stands. */
export function SessionName({ session: { name }, onRename, onOpen }: Props) {
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  /** The field had the focus, which must not be lost with it. */
  const edited = useRef(false);
  useEffect(() => {
    if (editing) edited.current = true;
    else if (edited.current && document.activeElement === document.body) pencil.current?.focus();
  }, [editing]);

  if (editing) return <NameField name={name} onRename={onRename} onDone={() => setEditing(false)} />;
  return (
    <div className={styles['name']}>
      {onOpen ? (
        <AriaButton className={styles['open'] ?? ''} onPress={onOpen}>
          {name}
        </AriaButton>
      ) : (
        <h3>{name}</h3>
      )}
      <Button ref={pencil} variant="quiet" icon aria-label={`Rename ${name}`} onPress={() => setEditing(true)}>
        <PencilIcon />
      </Button>
    </div>
  );
}

interface FieldProps {
  readonly name: string;
  readonly onRename: (name: string) => void;
  readonly onDone: () => void;
}

/** Enter or going elsewhere keeps what was typed, Escape does not; an empty name is none. */
function NameField({ name, onRename, onDone }: FieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const keep = () => {
    const typed = input.current?.value.trim() ?? '';
    if (typed !== '' && typed !== name) onRename(typed);
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const { key, currentTarget, nativeEvent } = event;
    if (nativeEvent.isComposing || (key !== 'Enter' && key !== 'Escape')) return;
    // Else the same Enter would press the button that gets the focus.
    event.preventDefault();
    if (key === 'Escape') currentTarget.value = name;
    currentTarget.blur();
  };
  return (
    <input ref={input} className={styles['field']} type="text" aria-label="Name of the session" defaultValue={name} maxLength={MOST_CHARACTERS} autoFocus onKeyDown={onKeyDown} onBlur={keep} />
  );
}
