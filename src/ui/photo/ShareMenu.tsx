import { Menu, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { copyPhotoTable, copyPicture, isRead, sharePicture } from '../../app/photo/downloads';
import { canShareFiles } from '../../app/files/share-file';
import type { Photo } from '../../app/photo/photo-queue';
import type { EngineHealth } from '../../engine/types';
import type { ColorScheme } from '../../words/expression-style';
import { Button } from '../shared/Button';
import { ShareIcon } from '../shared/icons';
import { t } from '../../words/i18n';
import { MenuChoice } from '../shared/MenuChoice';
import { useSettings } from '../use-settings';
import { WordedMenuItem } from '../shared/WordedMenuItem';
import styles from '../shared/ShareMenu.module.css';

interface Props {
  /** The selected photo. */
  readonly photo: Photo | undefined;
  /** Photos in the table. */
  readonly photos: readonly Photo[];
  readonly health: EngineHealth | null;
  readonly scheme: ColorScheme;
  readonly pose: boolean;
  /** Prints a report of all `photos`. */
  readonly onPrintSet: () => void;
  /** Runs an action and then shows `done`, or the error. */
  readonly onRun: (work: () => Promise<void>, done?: string) => void;
}

/** Exports results other than as files: to the clipboard, other apps or a printer. */
export function ShareMenu({ photo, photos, health, scheme, pose, onPrintSet, onRun }: Props) {
  const [{ picturesOnPaper }, update] = useSettings();
  const read = photo && isRead(photo) ? photo : null;
  const act = (key: string | number) => {
    if (key === 'print') print();
    if (key === 'print-set') onPrintSet();
    if (key === 'table' && health) onRun(() => copyPhotoTable(photos, health), t('The table was copied.'));
    if (key === 'copy' && read) onRun(() => copyPicture(read, scheme, pose), t('The picture was copied.'));
    if (key === 'share' && read) onRun(() => sharePicture(read, scheme, pose));
  };
  const disabled = [...(read ? [] : ['copy', 'share', 'print']), ...(health ? [] : ['table'])];
  return (
    <MenuTrigger>
      <Button variant="quiet">
        <ShareIcon />
        {t('Share')}
      </Button>
      <Popover className={styles['popover'] ?? ''} placement="bottom end">
        <Menu className={styles['list'] ?? ''} aria-label={t('Share')} onAction={act} disabledKeys={disabled}>
          <WordedMenuItem id="copy" className={styles['item'] ?? ''} words={t('Copy this picture with its labels')} />
          <WordedMenuItem id="table" className={styles['item'] ?? ''} words={t('{count, plural, =1 {Copy the table of this photo} one {Copy the table of # photo} other {Copy the table of # photos}}', { count: photos.length })} />
          {canShareFiles() && (
            <WordedMenuItem id="share" className={styles['item'] ?? ''} words={t('Share this picture with an app…')} />
          )}
          <WordedMenuItem id="print" className={styles['item'] ?? ''} words={t('Print a report of this photo…')} />
          {photos.length > 1 && (
            <WordedMenuItem id="print-set" className={styles['item'] ?? ''} words={t('Print a report of these {count} photos…', { count: photos.length })} />
          )}
          <MenuChoice words={t('Pictures in reports')} isOn={picturesOnPaper} onChange={(isOn) => update({ picturesOnPaper: isOn })} />
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
