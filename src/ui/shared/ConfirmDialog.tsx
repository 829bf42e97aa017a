import type { ReactNode } from 'react';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { t } from '../../words/i18n';
import styles from './ConfirmDialog.module.css';

interface Props {
  readonly title: string;
  /** The question, which names what would be lost. */
  readonly children: ReactNode;
  /** Button label: a verb and its object. */
  readonly action: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before a loss that cannot be undone. */
export function ConfirmDialog({ title, children, action, onConfirm, onClose }: Props) {
  const confirm = () => {
    onClose();
    onConfirm();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <div className={styles['question']}>
        {children}
        <div className={styles['actions']}>
          <Button autoFocus onPress={onClose}>
            {t('Cancel')}
          </Button>
          <Button variant="danger" onPress={confirm}>
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
