import { Button as AriaButton } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Popover } from 'react-aria-components/Popover';
import { SwitchButton, SwitchField } from 'react-aria-components/Switch';
import { Hint } from '../shared/Hint';
import { KeyboardIcon } from './icons';
import { msg, t } from '../../words/i18n';
import styles from './controls.module.css';

const SHORTCUTS = [
  [' ', msg('Pause and resume')],
  ['R', msg('Start and stop recording a session')],
  ['N', msg('Mark this moment of it, with a note')],
  ['S', msg('Save a snapshot with boxes')],
  ['M', msg('Mirror the preview')],
  ['H', msg('Draw the head pose')],
  ['F', msg('Full screen')],
] as const;

interface Props {
  readonly enabled: boolean;
  readonly onChange: (enabled: boolean) => void;
}

export function ShortcutHelp({ enabled, onChange }: Props) {
  return (
    <DialogTrigger>
      <Hint hint={t('Keyboard shortcuts')}>
        <AriaButton className={[styles['button'], styles['secondary'], styles['keyboardOnly']].join(' ')}>
          <KeyboardIcon />
          <span>{t('Shortcuts')}</span>
        </AriaButton>
      </Hint>
      <Popover className={styles['popover'] ?? ''} placement="top">
        <Dialog className={styles['help'] ?? ''}>
          <Heading slot="title" className={styles['helpTitle'] ?? ''}>
            {t('Keyboard shortcuts')}
          </Heading>
          <dl className={styles['keys']}>
            {SHORTCUTS.map(([key, action]) => (
              <div key={key}>
                <dt>{t(action)}</dt>
                <dd>
                  <kbd className={styles['key']}>{key === ' ' ? t('Space') : key}</kbd>
                </dd>
              </div>
            ))}
          </dl>
          <SwitchField isSelected={enabled} onChange={onChange}>
            <SwitchButton className={styles['switch'] ?? ''}>
              <span className={styles['track']} />
              {t('Use these keys')}
            </SwitchButton>
          </SwitchField>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
