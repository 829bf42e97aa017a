import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { cardFacts, loadCard } from '../../../app/model-card';
import { isExpression, SCALING_NAMES, scalingKind } from '../../../app/lab/model-choices';
import type { StoredModel } from '../../../app/lab/model-database';
import { faceTimes, keyOf, labelLine, measureModel } from '../../../app/lab/model-figures';
import { modelZip } from '../../../app/lab/model-zip';
import { saveFile } from '../../../app/files/save-file';
import { modelLibrary } from '../../../app/lab/model-library';
import type { LibraryModel } from '../../../app/lab/zoo-models';
import { MienError } from '../../../engine/errors';
import type { ModelCard } from '../../../engine/model-card';
import { cardText } from '../../../words/card-text';
import { formatBytes, formatCount, formatNumber, formatPercent } from '../../../words/format';
import { useSettings } from '../../use-settings';
import { Button } from '../../shared/Button';
import { CloseIcon, DownloadIcon } from '../../shared/icons';
import { Message } from '../../shared/Message';
import { t } from '../../../words/i18n';
import styles from '../lab.module.css';

export type Facts = readonly (readonly [name: string, value: ReactNode])[];

/** Mien's own model, with the figures of its card. */
export function MienCard() {
  const [card, setCard] = useState<ModelCard | MienError | null>(null);
  useEffect(() => {
    let mounted = true;
    loadCard().then(
      (view) => mounted && setCard(view),
      (error: unknown) => mounted && setCard(MienError.from(error)),
    );
    return () => {
      mounted = false;
    };
  }, []);
  return (
    <Card name={t('Mien’s own')} model={null} facts={card && !(card instanceof MienError) ? factsOf(card) : []}>
      {card instanceof MienError && <Message error={card} />}
    </Card>
  );
}

function factsOf(card: ModelCard): Facts {
  const wanted = [t('Model'), t('Version'), t('Size'), t('Parameters')];
  const { transfer } = card;
  const [shown] = card.metrics;
  return [
    ...cardFacts(card).filter(([name]) => wanted.includes(name)),
    ...(shown ? [[t('On {labels}', { labels: cardText(shown.labels) }), <Share key="valid" value={shown.accuracy} interval={shown.interval95} />] as const] : []),
    ...(transfer ? [[t('Faces unlike its training'), t('{score} mean recall, {sets, plural, one {# set} other {# sets}}', { score: formatPercent(transfer.score, 1), sets: transfer.sets.length })] as const] : []),
  ];
}

export function Share({ value, interval }: { readonly value: number; readonly interval: readonly [number, number] | null }) {
  return (
    <>
      {interval
        ? t('{share} accuracy ({low}–{high})', { share: formatPercent(value, 1), low: formatPercent(interval[0], 1), high: formatPercent(interval[1], 1) })
        : t('{share} accuracy', { share: formatPercent(value, 1) })}
    </>
  );
}

/** A brought or taught model. */
export function StoredModelCard({ model }: { readonly model: StoredModel }) {
  const { name, report, scaling, bytes, origin } = model;
  const { side, channels } = report.input;
  const facts: Facts = [
    [t('Origin'), origin === 'taught' ? t('taught in the Lab') : report.format],
    [t('Input'), t('{side} × {side}, {colours, select, one {grey} other {colour}}, {scaling}', { side, colours: channels === 1 ? 'one' : 'three', scaling: t(SCALING_NAMES[scalingKind(scaling)]) })],
    [t('Labels'), labelLine(model, isExpression)],
    [t('Parameters'), formatCount(report.parameters)],
    [t('Size'), formatBytes(bytes)],
  ];
  return (
    <Card name={name} model={model} facts={facts}>
      {model.origin === 'brought' && model.labels.some((label) => !isExpression(label)) && (
        <p className={styles['hint']}>{t('Labels in brackets are none of the seven expressions: they are named where they have the largest share.')}</p>
      )}
    </Card>
  );
}

interface CardProps {
  readonly name: string;
  /** Null: Mien's own. */
  readonly model: LibraryModel | null;
  readonly facts: Facts;
  readonly children?: ReactNode;
}

export function Card({ name, model, facts, children }: CardProps) {
  const [{ modelId }] = useSettings();
  const times = useSyncExternalStore(faceTimes.subscribe, faceTimes.getSnapshot);
  const [error, setError] = useState<MienError | null>(null);
  const key = keyOf(model);
  const usable = model === null || model.origin === 'taught' || model.labels.filter(isExpression).length >= 2;
  const inUse = modelId === (model?.id ?? null);
  const time = times.get(key);
  const measure = () => {
    setError(null);
    measureModel(model).catch((reason: unknown) => setError(MienError.from(reason)));
  };
  return (
    <li className={styles['card']} aria-label={name}>
      <div className={styles['actions']}>
        <h2>{name}</h2>
        {inUse && <span className={styles['badge']}>{t('In use')}</span>}
        {model && model.origin !== 'zoo' && (
          <div className={styles['corner']}>
            <Button variant="quiet" icon aria-label={t('Remove {name}', { name })} onPress={() => void modelLibrary.remove(model.id)}>
              <CloseIcon />
            </Button>
          </div>
        )}
      </div>
      <dl className={styles['facts']}>
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {typeof time === 'number' && (
          <div>
            <dt>{t('Time per face on this device')}</dt>
            <dd>{t('{ms} ms', { ms: formatNumber(time, { decimals: 1 }) })}</dd>
          </div>
        )}
      </dl>
      {children}
      {error && <Message error={error} />}
      <div className={styles['actions']}>
        {!inUse && usable && <Button onPress={() => modelLibrary.use(model?.id ?? null)}>{t('Use in Mien')}</Button>}
        <Button isDisabled={time === null} onPress={measure}>
          {time === null ? t('Measuring…') : t('Measure its time')}
        </Button>
        {model?.origin === 'taught' && (
          <Button onPress={() => void modelZip(model).then((zip) => saveFile(zip, `${name}.zip`))}>
            <DownloadIcon />
            {t('Download')}
          </Button>
        )}
      </div>
    </li>
  );
}
