import { useEffect, useRef, type KeyboardEvent } from 'react';
import styles from './NameField.module.css';

interface Props {
  readonly name: string;
  /** The field's accessible name. */
  readonly label: string;
  readonly onRename: (name: string) => void;
  readonly onDone: () => void;
}

const MOST_CHARACTERS = 200;

/** Edits a name in place. Enter or blur saves, Escape reverts; an empty name is ignored. */
export function NameField({ name, label, onRename, onDone }: Props) {
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
    // Otherwise the same Enter would press the button that receives the focus.
    event.preventDefault();
    if (key === 'Escape') currentTarget.value = name;
    currentTarget.blur();
  };
  return (
    <input ref={input} className={styles['field']} type="text" dir="auto" aria-label={label} defaultValue={name} maxLength={MOST_CHARACTERS} autoFocus onKeyDown={onKeyDown} onBlur={keep} />
  );
}
