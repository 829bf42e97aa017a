import { useSettings } from '../use-settings';
import { t } from '../../words/i18n';
import { CheckChoice } from './CheckChoice';

/** Toggles the byte-order mark of CSV files. Stored in the settings, so it applies to all downloads. */
export function ExcelChoice() {
  const [{ csvForExcel }, update] = useSettings();
  const title = t('Begins the file with a byte-order mark, so that Excel reads it as UTF-8');
  return <CheckChoice words={t('CSV for Excel')} title={title} isOn={csvForExcel} onChange={(isOn) => update({ csvForExcel: isOn })} />;
}
