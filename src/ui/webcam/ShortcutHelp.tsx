import { Button as AriaButton } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Popover } from 'react-aria-components/Popover';
import { SwitchButton, SwitchField } from 'react-aria-components/Switch';
import { KeyboardIcon } from './icons';
import styles from './controls.module.css';

const SHORTCUTS = [
  ['Space', 'Pause and resume'],
  ['R', 'Start and stop recording a session'],
  ['N', 'Mark this moment of it, with a note'],
  ['S', 'Save a snapshot with boxes'],
  ['M', 'Mirror the preview'],
  ['H', 'Draw the head pose'],
  ['F', 'Full screen'],
] as const;

interface Props {
  readonly enabled: boolean;
  readonly onChange: (enabled: boolean) => void;
}

export function ShortcutHelp({ enabled, onChange }: Props) {
  return (
    <DialogTrigger>
      <AriaButton className={[styles['button'], styles['secondary'], styles['keyboardOnly']].join(' ')}>
        <KeyboardIcon />
        <span>Shortcuts</span>
      </AriaButton>
      <Popover className={styles['popover'] ?? ''} placement="top">
        <Dialog className={styles['help'] ?? ''}>
          <Heading slot="title" className={styles['helpTitle'] ?? ''}>
            Keyboard shortcuts
          </Heading>
          <dl className={styles['keys']}>
            {SHORTCUTS.map(([key, action]) => (
              <div key={key}>
                <dt>{action}</dt>
                <dd>
                  <kbd className={styles['key']}>{key}</kbd>
                </dd>
              </div>
            ))}
          </dl>
          <SwitchField isSelected={enabled} onChange={onChange}>
            <SwitchButton className={styles['switch'] ?? ''}>
              <span className={styles['track']} />
              Use these keys
            </SwitchButton>
          </SwitchField>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
