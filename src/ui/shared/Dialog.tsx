import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from './Button';
import { t } from '../../words/i18n';
import styles from './Dialog.module.css';
import { CloseIcon } from './icons';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  /** Makes room for tables. Default: a comfortable line length. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A modal dialog; Escape, the close button and a press outside close it. */
export function Dialog({ title, onClose, wide = false, children }: Props) {
  return (
    <ModalOverlay className={styles['overlay'] ?? ''} isOpen isDismissable onOpenChange={onClose}>
      <Modal className={styles['modal'] ?? ''} data-wide={wide || undefined}>
        <AriaDialog className={styles['dialog'] ?? ''}>
          <header className={styles['header']}>
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <Button variant="quiet" icon aria-label={t('Close')} onPress={onClose}>
              <CloseIcon />
            </Button>
          </header>
          <div className={styles['body']}>{children}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
