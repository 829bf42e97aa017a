import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from './Button';
import { t } from '../../words/i18n';
import styles from './NameField.module.css';
import { PencilIcon } from './icons';
import { NameField } from './NameField';

interface Props {
  readonly name: string;
  /** The field's accessible name. */
  readonly label: string;
  readonly onRename: (name: string) => void;
  /** The name as displayed while not being edited. */
  readonly children: ReactNode;
}

/** A name with a pencil button for editing it in place. */
export function EditableName({ name, label, onRename, children }: Props) {
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  /** True after editing, when the focus of the removed field must move to the pencil. */
  const edited = useRef(false);
  useEffect(() => {
    if (editing) edited.current = true;
    else if (edited.current && document.activeElement === document.body) pencil.current?.focus();
  }, [editing]);
  if (editing) return <NameField name={name} label={label} onRename={onRename} onDone={() => setEditing(false)} />;
  return (
    <div className={styles['name']}>
      {children}
      <Button ref={pencil} variant="quiet" icon aria-label={t('Rename {name}', { name })} onPress={() => setEditing(true)}>
        <PencilIcon />
      </Button>
    </div>
  );
}
