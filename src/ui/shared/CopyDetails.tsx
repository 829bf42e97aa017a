import { useState } from 'react';
import { copyText } from '../../app/copy-text';
import { engineHolder } from '../../app/engine-holder';
import { errorDetails } from '../../app/error-details';
import type { MienError } from '../../engine/errors';
import { Button } from './Button';
import { type Phrase, msg, t } from '../../words/i18n';

type State = 'idle' | 'copied' | 'refused';

const LABEL: Readonly<Record<State, Phrase>> = { idle: msg('Copy details'), copied: msg('Details copied'), refused: msg('Could not copy') };

/** Copies the details that an error report needs. */
export function CopyDetails({ error }: { readonly error: MienError }) {
  const [state, setState] = useState<State>('idle');
  const copy = () => {
    copyText(errorDetails(error, engineHolder.inWords)).then(
      () => setState('copied'),
      () => setState('refused'),
    );
  };
  return (
    <Button variant="quiet" onPress={copy}>
      <span key={state}>{t(LABEL[state])}</span>
    </Button>
  );
}
