import { useState } from 'react';
import { saveFile } from '../../../app/files/save-file';
import { answersCsv, figuresJson } from '../../../app/lab/evaluation-files';
import { peopleIn, type EvaluationResult, type Judgement } from '../../../app/lab/evaluation';
import { basisInWords, compareInWords, shareWithInterval, uncertainInWords } from '../../../app/lab/evaluation-words';
import { classWord } from '../../../words/class-word';
import { formatCount, formatNumber, formatPercent } from '../../../words/format';
import { useSettings } from '../../use-settings';
import { Button } from '../../shared/Button';
import { DownloadIcon } from '../../shared/icons';
import { FileWriting } from '../../shared/FileWriting';
import { TableFrame } from '../../shared/TableFrame';
import { useFileWriting } from '../../shared/use-file-writing';
import { t } from '../../../words/i18n';
import styles from '../lab.module.css';
import report from './report.module.css';
import { Confusion } from './Confusion';
import { CoverageChart } from './CoverageChart';
import { MeanMaps } from './MeanMaps';
import { Mistakes } from './Mistakes';
import { ReliabilityFigure } from './ReliabilityFigure';
import { RobustnessTable } from './RobustnessTable';
import { Subgroups } from './Subgroups';

/** All results for one or two models. */
export function EvaluationResults({ result }: { readonly result: EvaluationResult }) {
  const { first, second, comparison } = result;
  const judgements = second ? [first, second] : [first];
  const [shown, setShown] = useState(0);
  const [withPictures, setWithPictures] = useState(false);
  const judgement = judgements[shown] ?? first;
  return (
    <section className={[styles['section'], report['report']].join(' ')} aria-label={t('Results')} data-report={withPictures ? 'pictures' : 'figures'}>
      <div className={[styles['card'], report['whole']].join(' ')}>
        <h2>{t('Results')}</h2>
        <Figures judgements={judgements} />
        {comparison && second && (
          <p className={styles['good']} role="status">
            {compareInWords(comparison, first.name, second.name, peopleIn(result))}
          </p>
        )}
        <p className={styles['hint']}>{basisInWords(result)} {t('In brackets, the range that holds the true figure with 95% confidence.')}</p>
        <Downloads result={result} withPictures={withPictures} onPictures={setWithPictures} />
      </div>
      {second && (
        <div className={[styles['actions'], report['whole']].join(' ')} role="group" aria-label={t('Model to look into')} data-unprinted>
          {judgements.map(({ name }, i) => (
            <Button key={i} aria-pressed={i === shown} variant={i === shown ? 'primary' : 'plain'} onPress={() => setShown(i)}>
              {name}
            </Button>
          ))}
        </div>
      )}
      <PerClass judgement={judgement} />
      <Confusion result={result} judgement={judgement} />
      <div className={[styles['card'], report['double']].join(' ')}>
        <h3>{t('What its confidence is worth')}</h3>
        <div className={styles['plots']}>
          <ReliabilityFigure calibration={judgement.calibration} />
          <CoverageChart judgements={judgements} />
        </div>
        <p className={styles['hint']}>{uncertainInWords(judgement.coverage)}</p>
      </div>
      <div className={[report['pictures'], report['whole']].join(' ')}>
        <Mistakes result={result} judgement={judgement} />
      </div>
      <div className={report['whole']}>
        <MeanMaps result={result} judgement={judgement} />
      </div>
      <Subgroups result={result} judgement={judgement} />
      <RobustnessTable result={result} judgement={judgement} />
    </section>
  );
}

function Figures({ judgements }: { readonly judgements: readonly Judgement[] }) {
  const rows: readonly (readonly [name: string, value: (judgement: Judgement) => string])[] = [
    [t('Accuracy'), ({ accuracy }) => shareWithInterval(accuracy.accuracy, accuracy.interval)],
    [t('Macro-F1'), ({ accuracy }) => formatPercent(accuracy.macroF1, 1)],
    [t('Mean recall'), ({ accuracy }) => formatPercent(accuracy.meanRecall, 1)],
    [t('Calibration error (ECE, 15 steps)'), ({ calibration }) => formatPercent(calibration.ece, 1)],
    [t('Negative log-likelihood'), ({ calibration }) => formatNumber(calibration.nll, { decimals: 3 })],
    [t('Brier score'), ({ calibration }) => formatNumber(calibration.brier, { decimals: 3 })],
  ];
  return (
    <TableFrame label={t('Figures')}>
      <thead>
        <tr>
          <td />
          {judgements.map(({ name }, i) => (
            <th key={i} scope="col">{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {judgements.map((judgement, i) => (
              <td key={i}>
                {value(judgement)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </TableFrame>
  );
}

function PerClass({ judgement: { accuracy } }: { readonly judgement: Judgement }) {
  return (
    <div className={styles['card']}>
      <h3>{t('By class')}</h3>
      <TableFrame label={t('By class')}>
        <thead>
          <tr>
            {[t('Class'), t('Faces'), t('Recall'), t('Precision'), 'F1'].map((name) => (
              <th key={name} scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {accuracy.perClass.map(({ name, count, recall, precision, f1 }) => (
            <tr key={name}>
              <th scope="row">{classWord(name)}</th>
              <td>{formatCount(count)}</td>
              {[recall, precision, f1].map((share, i) => (
                <td key={i}>
                  {count > 0 ? formatPercent(share, 1) : '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </TableFrame>
    </div>
  );
}

interface DownloadsProps {
  readonly result: EvaluationResult;
  /** True if a printed report shows faces. */
  readonly withPictures: boolean;
  readonly onPictures: (show: boolean) => void;
}

function Downloads({ result, withPictures, onPictures }: DownloadsProps) {
  const [{ csvForExcel }] = useSettings();
  const writing = useFileWriting();
  const save = (name: string, gather: () => Blob | Promise<Blob>) =>
    writing.write(async (signal) => {
      const file = await gather();
      signal.throwIfAborted();
      saveFile(file, name);
    });
  return (
    <div className={styles['actions']} data-unprinted>
      <Button onPress={() => save('evaluation.csv', () => answersCsv(result, csvForExcel))}>
        <DownloadIcon />
        {t('Every answer as CSV')}
      </Button>
      <Button onPress={() => save('evaluation.json', () => figuresJson(result))}>
        <DownloadIcon />
        {t('Figures as JSON')}
      </Button>
      <Button onPress={() => print()}>{t('Print a report')}</Button>
      <label className={report['choice']}>
        <input type="checkbox" checked={withPictures} onChange={({ target }) => onPictures(target.checked)} /> {t('with pictures of faces')}
      </label>
      <FileWriting state={writing.state} onCancel={writing.cancel} />
    </div>
  );
}
