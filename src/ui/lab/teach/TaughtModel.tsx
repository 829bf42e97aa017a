import { useSyncExternalStore } from 'react';
import { saveFile } from '../../../app/files/save-file';
import { shareWithInterval } from '../../../app/lab/evaluation-words';
import { isExpression } from '../../../app/lab/model-choices';
import { modelZip } from '../../../app/lab/model-zip';
import { modelLibrary } from '../../../app/lab/model-library';
import type { TaughtResult, TeachBase } from '../../../app/lab/teach-session';
import { formatCount, formatPercent } from '../../../words/format';
import { Button } from '../../shared/Button';
import { DownloadIcon } from '../../shared/icons';
import { Message } from '../../shared/Message';
import styles from '../lab.module.css';

/** What came of teaching, and what to do with it. */
export function TaughtModel({ result }: { readonly result: TaughtResult }) {
  const { model, split, heldOut, base, isBetter, durationMs } = result;
  const { models, error } = useSyncExternalStore(modelLibrary.subscribe, modelLibrary.getSnapshot);
  const isKept = models.some(({ id }) => id === model.id);
  const isUsable = model.labels.filter(isExpression).length >= 2;
  const keep = async (use: boolean) => {
    if ((isKept || (await modelLibrary.add(model))) && use) modelLibrary.use(model.id);
  };
  return (
    <section className={styles['card']} aria-label="Taught model">
      <h2>{model.name}</h2>
      <p role="status" className={isBetter ? styles['good'] : styles['warning']}>
        {heldOut ? (
          <>
            Right on {shareWithInterval(heldOut.accuracy, heldOut.interval)} of {formatCount(heldOut.count)} held-out faces. {verdict(base, isBetter)}
          </>
        ) : (
          'No face could be held out, so nobody knows how well it reads.'
        )}
      </p>
      <p className={styles['hint']}>
        {split} In brackets, the range that holds the true figure with 95% confidence. It took {(durationMs / 1000).toFixed(1)} s.
      </p>
      {heldOut && (
        <div className={styles['scroll']} tabIndex={0} role="group" aria-label="Held-out faces by class">
          <table className={styles['table']}>
            <thead>
              <tr>
                {['Class', 'Held out', 'Recall', 'Precision'].map((name, i) => (
                  <th key={name} scope="col" data-number={i > 0 || undefined}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {heldOut.perClass.map(({ name, count, recall, precision }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td data-number>{formatCount(count)}</td>
                  <td data-number>{count > 0 ? formatPercent(recall, 0) : '–'}</td>
                  <td data-number>{count > 0 ? formatPercent(precision, 0) : '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {!isUsable && (
        <p className={styles['hint']}>Photos, the camera and videos show the seven expressions, of which it knows fewer than two: it can be judged here, and downloaded.</p>
      )}
      {error && <Message error={error} />}
      <div className={styles['actions']}>
        {isUsable && (
          <Button variant={isBetter ? 'primary' : 'plain'} onPress={() => void keep(true)}>
            {isBetter ? 'Use in Mien' : 'Use in Mien all the same'}
          </Button>
        )}
        <Button isDisabled={isKept} onPress={() => void keep(false)}>
          {isKept ? 'Kept among the models' : 'Keep among the models'}
        </Button>
        <Button onPress={() => void modelZip(model).then((zip) => saveFile(zip, `${model.name}.zip`))}>
          <DownloadIcon />
          Download as TensorFlow.js model
        </Button>
      </div>
    </section>
  );
}

function verdict(base: TeachBase | null, isBetter: boolean): string {
  if (!base) return '';
  const than =
    base.kind === 'mien'
      ? `Mien’s own model, which is right on ${shareWithInterval(base.accuracy, base.interval)} of them`
      : `always naming “${base.name}”, which would be right on ${formatPercent(base.accuracy, 1)}`;
  return isBetter ? `It is better than ${than}.` : `It is not better, beyond doubt, than ${than}.`;
}
