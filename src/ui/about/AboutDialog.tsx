import { useEffect, useState } from 'react';
import { plainAccuracy } from '../../words/accuracy';
import { formatPercent, formatSpan } from '../../words/format';
import { Dialog } from '../shared/Dialog';
import { useDialogTitle } from '../use-page-title';
import { cardText } from '../../words/card-text';
import { t } from '../../words/i18n';
import styles from './AboutDialog.module.css';
import { ConfusionMatrix } from './ConfusionMatrix';
import { cardFacts, loadCard } from '../../app/model-card';
import type { AccuracyRow, ModelCard } from '../../engine/model-card';
import { MienError } from '../../engine/errors';
import { CardText } from '../shared/CardText';
import { Message } from '../shared/Message';
import { Reliability } from './Reliability';
import { Robustness } from './Robustness';
import { TransferTable } from './TransferTable';

type CardState = { readonly status: 'loading' } | { readonly status: 'failed'; readonly error: MienError } | { readonly status: 'ready'; readonly card: ModelCard };

export default function AboutDialog({ onClose }: { readonly onClose: () => void }) {
  useDialogTitle(t('About this model'));
  const [state, setState] = useState<CardState>({ status: 'loading' });

  useEffect(() => {
    const abort = new AbortController();
    loadCard().then(
      (card) => !abort.signal.aborted && setState({ status: 'ready', card }),
      (error: unknown) => !abort.signal.aborted && setState({ status: 'failed', error: MienError.from(error) }),
    );
    return () => abort.abort();
  }, []);

  return (
    <Dialog title={t('About this model')} onClose={onClose} wide>
      <div className={styles['about']}>
        {state.status === 'ready' && state.card.transfer && <p className={styles['plain']}>{plainAccuracy(state.card.transfer.sets)}</p>}
        <p>
          {t('Mien finds faces with Google’s BlazeFace and reads each with a small network of its own, which gives seven probabilities. It reads expressions, not feelings. “Uncertain” means that no expression stands out enough to be named, or that the face is too small, turned away, too dark or bright, blurred or cut by the edge.')}
        </p>
        {state.status === 'loading' && <p role="status">{t('Reading the model’s card…')}</p>}
        {state.status === 'failed' && (
          <Message
            error={state.error}
            wording={{ title: t('The model’s card could not be read'), advice: t('Check your connection and open this again.') }}
          />
        )}
        {state.status === 'ready' && <Card card={state.card} />}
      </div>
    </Dialog>
  );
}

function Card({ card }: { readonly card: ModelCard }) {
  return (
    <>
      {card.transfer && <TransferTable transfer={card.transfer} sensitivity={card.sensitivity} />}
      {card.metrics.length > 0 && (
        <section>
          <h3>{t('On validation faces of the training data')}</h3>
          {card.metrics.map((row) => (
            <Accuracy key={`${row.output}/${row.labels}`} row={row} />
          ))}
          <p className={styles['hint']}>
            {t('In brackets, the range that holds the true figure with 95% confidence. Macro-F1 counts every expression alike, however rare.')}
          </p>
        </section>
      )}
      {card.calibration && <Reliability calibration={card.calibration} />}
      {card.robustness.length > 0 && <Robustness sweeps={card.robustness} />}
      <List title={t('What it gets wrong')} items={card.knownFailures} />
      <List title={t('What it is not for')} items={card.notFor} />
      <section>
        <h3>{t('The model')}</h3>
        <dl className={styles['facts']}>
          {cardFacts(card).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <CardText text={value} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}

function Accuracy({ row }: { readonly row: AccuracyRow }) {
  return (
    <details className={styles['accuracy']}>
      <summary>
        <span>
          {t('{output}, judged by {labels}', { output: cardText(row.output), labels: cardText(row.labels) })}
        </span>
        <strong>{formatPercent(row.accuracy, 1)}</strong>
        {row.interval95 && <span>({formatSpan(formatPercent(row.interval95[0], 1), formatPercent(row.interval95[1], 1))})</span>}
      </summary>
      <p>
        {t('{count, plural, one {# face} other {# faces}}; {rule}.', { count: row.count, rule: cardText(row.rule) })}
        {row.macroF1 !== null && ` ${t('Macro-F1 {share}.', { share: formatPercent(row.macroF1, 1) })}`}
      </p>
      {row.confusion && <ConfusionMatrix counts={row.confusion} />}
    </details>
  );
}

function List({ title, items }: { readonly title: string; readonly items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul className={styles['list']}>
        {items.map((item) => (
          <li key={item}>
            <CardText text={item} />
          </li>
        ))}
      </ul>
    </section>
  );
}
