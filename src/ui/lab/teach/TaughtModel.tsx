import { useSyncExternalStore } from 'react';
import { saveFile } from '../../../app/files/save-file';
import { shareWithInterval } from '../../../app/lab/evaluation-words';
import { isExpression } from '../../../app/lab/model-choices';
import { modelZip } from '../../../app/lab/model-zip';
import { modelLibrary } from '../../../app/lab/model-library';
import type { TaughtResult, TeachBase } from '../../../app/lab/taught-result';
import { classWord } from '../../../words/class-word';
import { formatCount, formatNumber, formatPercent } from '../../../words/format';
import { Button } from '../../shared/Button';
import { DownloadIcon } from '../../shared/icons';
import { Message } from '../../shared/Message';
import { TableFrame } from '../../shared/TableFrame';
import { t } from '../../../words/i18n';
import styles from '../lab.module.css';

/** The result of teaching, and actions on it. */
export function TaughtModel({ result }: { readonly result: TaughtResult }) {
  const { model, split, heldOut, base, isBetter, durationMs } = result;
  const { models, error } = useSyncExternalStore(modelLibrary.subscribe, modelLibrary.getSnapshot);
  const isKept = models.some(({ id }) => id === model.id);
  const hasOwn = model.labels.some((label) => !isExpression(label));
  const hasExpressions = model.labels.some(isExpression);
  const keep = async (use: boolean) => {
    if ((isKept || (await modelLibrary.add(model))) && use) modelLibrary.use(model.id);
  };
  return (
    <section className={styles['card']} aria-label={t('Taught model')}>
      <h2>{model.name}</h2>
      <p role="status" className={isBetter ? styles['good'] : styles['warning']}>
        {heldOut ? (
          <>
            {t('Accuracy {share} on {count, plural, one {# held-out face} other {# held-out faces}}.', { share: shareWithInterval(heldOut.accuracy, heldOut.interval), count: heldOut.count })} {verdict(base, isBetter)}
          </>
        ) : (
          t('No face could be held out, so how well it reads is unknown.')
        )}
      </p>
      <p className={styles['hint']}>
        {split} {t('In brackets, the range that holds the true figure with 95% confidence.')} {t('It took {seconds} s.', { seconds: formatNumber(durationMs / 1000, { decimals: 1 }) })}
      </p>
      {heldOut && (
        <TableFrame label={t('Held-out faces by class')}>
          <thead>
            <tr>
              {[t('Class'), t('Held out'), t('Recall'), t('Precision')].map((name) => (
                <th key={name} scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {heldOut.perClass.map(({ name, count, recall, precision }) => (
              <tr key={name}>
                <th scope="row">{classWord(name)}</th>
                <td>{formatCount(count)}</td>
                <td>{count > 0 ? formatPercent(recall, 0) : '–'}</td>
                <td>{count > 0 ? formatPercent(precision, 0) : '–'}</td>
              </tr>
            ))}
          </tbody>
        </TableFrame>
      )}
      {hasOwn && (
        <p className={styles['hint']}>
          {hasExpressions
            ? t('Photos, the camera and videos name its own classes as well; the bars show how the seven expressions share the rest.')
            : t('Photos, the camera and videos name its own classes. It has none of the seven expressions, so there are no bars of them.')}
        </p>
      )}
      {error && <Message error={error} />}
      <div className={styles['actions']}>
        <Button variant={isBetter ? 'primary' : 'plain'} onPress={() => void keep(true)}>
          {isBetter ? t('Use in Mien') : t('Use in Mien all the same')}
        </Button>
        <Button isDisabled={isKept} onPress={() => void keep(false)}>
          {isKept ? t('Kept with the models') : t('Keep with the models')}
        </Button>
        <Button onPress={() => void modelZip(model).then((zip) => saveFile(zip, `${model.name}.zip`))}>
          <DownloadIcon />
          {t('Download as TensorFlow.js model')}
        </Button>
      </div>
    </section>
  );
}

function verdict(base: TeachBase | null, isBetter: boolean): string {
  if (!base) return '';
  if (base.kind === 'mien') {
    const share = shareWithInterval(base.accuracy, base.interval);
    return isBetter
      ? t('It is better than Mien’s own model, whose accuracy on them is {share}.', { share })
      : t('It is not clearly better than Mien’s own model, whose accuracy on them is {share}.', { share });
  }
  const name = classWord(base.name);
  const share = formatPercent(base.accuracy, 1);
  return isBetter
    ? t('It is better than always naming “{name}”, with an accuracy of {share}.', { name, share })
    : t('It is not clearly better than always naming “{name}”, with an accuracy of {share}.', { name, share });
}
