import { useEffect, useSyncExternalStore } from 'react';
import { countExamples, exampleCount, exampleFiles } from '../../../app/photo/examples';
import { t } from '../../../words/i18n';
import { Button } from '../../shared/Button';

/** Loads the faces labelled in Read; shows nothing if there are none. */
export function ExamplesButton({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const count = useSyncExternalStore(exampleCount.subscribe, exampleCount.getSnapshot);
  useEffect(() => void countExamples(), []);
  if (count === null || count === 0) return null;
  // Recounts if they cannot be read, which hides the button.
  return <Button onPress={() => void exampleFiles().then(onFiles, () => countExamples())}>{t('{count, plural, one {Your # labelled face} other {Your # labelled faces}}', { count })}</Button>;
}
