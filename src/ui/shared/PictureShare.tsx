import { useState } from 'react';
import { Menu, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { saveFile } from '../../app/files/save-file';
import { canShareFiles, copyImage, shareFile } from '../../app/files/share-file';
import { MienError } from '../../engine/errors';
import { Button } from './Button';
import { ShareIcon } from './icons';
import { Message } from './Message';
import { t } from '../../words/i18n';
import { WordedMenuItem } from './WordedMenuItem';
import styles from './ShareMenu.module.css';

interface Props {
  /** Describes the picture: "the curves of Person A". */
  readonly label: string;
  /** Draws the picture. */
  readonly picture: () => Promise<File>;
  /** Copies the underlying numbers; missing if there are none. */
  readonly onCopyTable?: () => Promise<void>;
}

/** Exports a picture that is drawn on demand: to the clipboard, a file or another app. */
export function PictureShare({ label, picture, onCopyTable }: Props) {
  const [error, setError] = useState<MienError | null>(null);
  const [done, setDone] = useState('');
  const run = (work: Promise<void>, word: string) => {
    setError(null);
    setDone('');
    work.then(
      () => setDone(word),
      (thrown: unknown) => setError(MienError.from(thrown)),
    );
  };
  const act = (key: string | number) => {
    if (key === 'copy') run(copyImage(picture()), t('The picture was copied.'));
    if (key === 'save') run(picture().then((file) => saveFile(file, file.name)), t('The picture was saved.'));
    if (key === 'share') run(picture().then(shareFile), '');
    if (key === 'table' && onCopyTable) run(onCopyTable(), t('The table was copied.'));
  };
  return (
    <div className={styles['share']} data-unprinted>
      <MenuTrigger>
        <Button variant="quiet" aria-label={label}>
          <ShareIcon />
          {t('Share')}
        </Button>
        <Popover className={styles['popover'] ?? ''} placement="bottom end">
          <Menu className={styles['list'] ?? ''} aria-label={label} onAction={act}>
            <WordedMenuItem id="copy" className={styles['item'] ?? ''} words={t('Copy picture')} />
            <WordedMenuItem id="save" className={styles['item'] ?? ''} words={t('Save picture')} />
            {canShareFiles() && (
              <WordedMenuItem id="share" className={styles['item'] ?? ''} words={t('Share this picture with an app…')} />
            )}
            {onCopyTable && (
              <WordedMenuItem id="table" className={styles['item'] ?? ''} words={t('Copy the table')} />
            )}
          </Menu>
        </Popover>
      </MenuTrigger>
      <span role="status">{done}</span>
      {error && <Message error={error} />}
    </div>
  );
}
