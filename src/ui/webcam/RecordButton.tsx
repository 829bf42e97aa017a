import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Hint } from '../shared/Hint';
import { RecordIcon, StopIcon } from './icons';
import { t } from '../../words/i18n';
import styles from './controls.module.css';

interface Props {
  readonly recording: boolean;
  /** Description of what is kept, as part of a sentence. */
  readonly kept: string;
  /** Null while recording is not possible. */
  readonly onToggle: (() => void) | null;
  readonly shortcuts: boolean;
}

/** Starts and stops a session. Keeps the focus while a stopped one is being saved. */
export function RecordButton({ recording, kept, onToggle, shortcuts }: Props) {
  const [isFocused, setFocused] = useState(false);
  const hint = recording ? t('Stop and save the session on this device') : t('Record a session: {what}, kept on this device', { what: kept });
  return (
    <Hint hint={hint} shortcut={shortcuts ? 'R' : null}>
      <AriaButton className={[styles['button'], styles['record']].join(' ')} isDisabled={!onToggle && !isFocused} {...(!onToggle && { 'aria-disabled': true })} onFocusChange={setFocused} onPress={() => onToggle?.()}>
        {recording ? <StopIcon /> : <RecordIcon />}
        <span>{recording ? t('Stop') : t('Record')}</span>
      </AriaButton>
    </Hint>
  );
}
