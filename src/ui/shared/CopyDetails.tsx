import { useState } from 'react';
import { copyText } from '../../app/copy-text';
import { engineHolder } from '../../app/engine-holder';
import { errorDetails } from '../../app/error-details';
import type { MienError } from '../../engine/errors';
import { Button } from './Button';

type State = 'idle' | 'copied' | 'refused';

const LABEL: Readonly<Record<State, string>> = { idle: 'Copy details', copied: 'Details copied', refused: 'Could not copy' };

/** Copies what a report of the error needs to say. */
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
      <span key={state}>{LABEL[state]}</span>
    </Button>
  );
}
