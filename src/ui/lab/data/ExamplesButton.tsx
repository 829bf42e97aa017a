import { useEffect, useSyncExternalStore } from 'react';
import { countExamples, exampleCount, exampleFiles } from '../../../app/photo/examples';
import { t } from '../../../words/i18n';
import { Button } from '../../shared/Button';

/** Takes the faces that were labelled in Read; nothing where there are none. */
export function ExamplesButton({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const count = useSyncExternalStore(exampleCount.subscribe, exampleCount.getSnapshot);
  useEffect(() => void countExamples(), []);
  if (count === null || count === 0) return null;
  // Where they cannot be read, there are none to choose.
  return <Button onPress={() => void exampleFiles().then(onFiles, () => countExamples())}>{t('{count, plural, one {Your # labelled face} other {Your # labelled faces}}', { count })}</Button>;
}
