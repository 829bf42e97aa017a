import { useEffect, useState, useSyncExternalStore } from 'react';
import { canvasToBlob } from '../../app/files/canvas-blob';
import { countExamples, exampleCount, keepExample, removeExample, removeExamples } from '../../app/photo/examples';
import { MienError } from '../../engine/errors';
import { EXPRESSIONS, type Expression } from '../../engine/labels';
import { expressionName, expressionWord } from '../../words/expression-style';
import { t } from '../../words/i18n';
import { Button } from '../shared/Button';
import { Message } from '../shared/Message';
import styles from './WrongFace.module.css';

interface Props {
  readonly number: number;
  /** URL of the upright face; null until it is drawn. */
  readonly crop: string | null;
  readonly onNotAFace: (() => void) | null;
}

/** Lets the user correct a face's expression, which adds an example to the Lab, or report that it is not a face. */
export function WrongFace({ number, crop, onNotAFace }: Props) {
  const [kept, setKept] = useState<{ readonly key: number; readonly label: Expression } | null>(null);
  const [error, setError] = useState<MienError | null>(null);
  const count = useSyncExternalStore(exampleCount.subscribe, exampleCount.getSnapshot);
  useEffect(() => {
    if (exampleCount.getSnapshot() === null) void countExamples();
  }, []);
  const run = (work: () => Promise<void>) => {
    setError(null);
    work().catch((thrown: unknown) => setError(MienError.from(thrown)));
  };
  const keep = (label: Expression) =>
    run(async () => {
      if (kept) await removeExample(kept.key);
      if (crop) setKept({ key: await keepExample({ label, picture: await pictureOf(crop) }), label });
    });
  return (
    <details className={styles['wrong']} data-unprinted>
      <summary aria-label={t('Wrong? Say what face {number} is', { number })}>{t('Wrong? Say what it is')}</summary>
      <p>{t('Your answer is kept with a picture of this face, in this browser only, as an example for the Lab. You can remove it at any time.')}</p>
      <div className={styles['labels']} role="group" aria-label={t('What face {number} shows', { number })}>
        {EXPRESSIONS.map((e) => (
          <Button key={e} aria-pressed={kept?.label === e} isDisabled={!crop} onPress={() => keep(e)}>
            {expressionName(e)}
          </Button>
        ))}
        {onNotAFace && <Button onPress={onNotAFace}>{t('Not a face')}</Button>}
      </div>
      {error && <Message error={error} />}
      {kept && (
        <p role="status">
          {t('Kept as an example of “{expression}”.', { expression: expressionWord(kept.label) })}{' '}
          <Button
            variant="quiet"
            onPress={() =>
              run(async () => {
                await removeExample(kept.key);
                setKept(null);
              })
            }
          >
            {t('Undo')}
          </Button>
        </p>
      )}
      {count !== null && count > 0 && (
        <p className={styles['count']}>
          {t('{count, plural, one {# example is kept.} other {# examples are kept.}}', { count })}{' '}
          <Button
            variant="quiet"
            onPress={() =>
              run(async () => {
                await removeExamples();
                setKept(null);
              })
            }
          >
            {t('Remove all examples')}
          </Button>
        </p>
      )}
    </details>
  );
}

/** Converts the picture at a URL to a file: the page's CSP allows displaying blob URLs but not fetching them. */
async function pictureOf(url: string): Promise<Blob> {
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: image.naturalWidth, height: image.naturalHeight });
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  return canvasToBlob(canvas, 'image/jpeg');
}
