import { useSettings } from '../use-settings';
import { t } from '../../words/i18n';
import styles from './ExcelChoice.module.css';

/** Whether CSV files begin with a byte-order mark; kept in the settings, so one choice holds for all downloads. */
export function ExcelChoice() {
  const [{ csvForExcel }, update] = useSettings();
  return (
    <label className={styles['choice']} title={t('Begins the file with a byte-order mark, so that Excel reads it as UTF-8')}>
      <input type="checkbox" checked={csvForExcel} onChange={({ target }) => update({ csvForExcel: target.checked })} />
      {t('CSV for Excel')}
    </label>
  );
}
