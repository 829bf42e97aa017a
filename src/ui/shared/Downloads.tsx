import { Header } from 'react-aria-components/Header';
import { Menu, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { t } from '../../words/i18n';
import { useMediaQuery } from '../use-media-query';
import { useSettings } from '../use-settings';
import { Button } from './Button';
import styles from './Downloads.module.css';
import { ExcelChoice } from './ExcelChoice';
import { DownloadIcon } from './icons';
import { MenuChoice } from './MenuChoice';
import { WordedMenuItem } from './WordedMenuItem';

/** A file that can be downloaded. */
export interface DownloadChoice {
  readonly id: string;
  /** Short label for a row of buttons: "CSV". */
  readonly kind: string;
  /** Complete label: "Download CSV". */
  readonly name: string;
  readonly isDisabled?: boolean;
  readonly onSave: () => void;
}

/** Files about the same subject. */
export interface DownloadGroup {
  /** The subject: "All 25 photos". Missing if obvious. */
  readonly scope?: string;
  readonly choices: readonly DownloadChoice[];
}

interface Props {
  /** Label of the whole: "Download the results". */
  readonly label: string;
  readonly groups: readonly DownloadGroup[];
  /** Adds the option to write CSV files for Excel. The menu of narrow windows always has it. */
  readonly forExcel?: boolean;
}

/** Downloads as a row of buttons; in narrow windows, as one button with a menu. */
export function Downloads({ label, groups, forExcel = false }: Props) {
  const isNarrow = useMediaQuery('(max-width: 40rem)');
  if (isNarrow) return <DownloadMenu label={label} groups={groups} />;
  return (
    <>
      <div className={styles['row']} role="group" aria-label={label}>
        <DownloadIcon />
        {groups.map(({ scope, choices }) => (
          <span key={choices[0]?.id} className={styles['group']}>
            {scope !== undefined && <span className={styles['scope']}>{scope}</span>}
            {choices.map(({ id, kind, name, isDisabled = false, onSave }) => (
              <Button key={id} variant="quiet" aria-label={name} isDisabled={isDisabled} onPress={onSave}>
                {kind}
              </Button>
            ))}
          </span>
        ))}
      </div>
      {forExcel && <ExcelChoice />}
    </>
  );
}

function DownloadMenu({ label, groups }: Props) {
  const [{ csvForExcel }, update] = useSettings();
  const all = groups.flatMap(({ choices }) => choices);
  return (
    <MenuTrigger>
      <Button variant="quiet" aria-label={label} isDisabled={all.every(({ isDisabled = false }) => isDisabled)}>
        <DownloadIcon />
        {t('Download')}
      </Button>
      <Popover className={styles['popover'] ?? ''} placement="bottom start">
        <Menu
          className={styles['list'] ?? ''}
          aria-label={label}
          disabledKeys={all.filter(({ isDisabled = false }) => isDisabled).map(({ id }) => id)}
          onAction={(key) => all.find(({ id }) => id === key)?.onSave()}
        >
          {groups.map(({ scope, choices }) => (
            <MenuSection key={choices[0]?.id} {...(scope === undefined && { 'aria-label': label })}>
              {scope !== undefined && <Header className={styles['heading'] ?? ''}>{scope}</Header>}
              {choices.map(({ id, name }) => (
                <WordedMenuItem key={id} id={id} className={styles['item'] ?? ''} words={name} />
              ))}
            </MenuSection>
          ))}
          {all.some(({ id }) => id === 'csv') && <MenuChoice words={t('CSV for Excel')} isOn={csvForExcel} onChange={(isOn) => update({ csvForExcel: isOn })} />}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
