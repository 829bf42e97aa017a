import type { ZooModel } from '../../../app/lab/zoo-models';
import { cardText } from '../../../words/card-text';
import { formatBytes, formatCount, formatPercent } from '../../../words/format';
import { t } from '../../../words/i18n';
import { CardText } from '../../shared/CardText';
import styles from '../lab.module.css';
import { Card, Share, type Facts } from './ModelCard';

/** A network described by another project: its facts, its accuracy here, and its document's claim. */
export function ZooCard({ model }: { readonly model: ZooModel }) {
  const { input, parameters, bytes, training, claim, metrics, transfer } = model.card;
  const facts: Facts = [
    [t('Input'), t('{side} × {side}, {colours, select, one {grey} other {colour}}', { side: input.side, colours: input.channels === 1 ? 'one' : 'three' })],
    [t('Parameters'), formatCount(parameters)],
    [t('Size'), formatBytes(bytes)],
    ...metrics.map((row) => [t('On {labels}', { labels: cardText(row.labels) }), <Share key={row.labels} value={row.accuracy} interval={row.interval95} />] as const),
    [t('Its document claims'), <CardText key="claim" text={claim.words} />],
    ...transfer.sets.map((set) => [t('On {name}', { name: cardText(set.name) }), t('{recall} mean recall of {faces, plural, one {# face} other {# faces}}', { recall: formatPercent(set.recall, 1), faces: set.faces })] as const),
    [t('Trained'), t('{epochs, plural, one {# epoch} other {# epochs}} of at most {planned}', { epochs: training.epochs, planned: formatCount(training.plannedEpochs) })],
    [t('Recipe'), <CardText key="recipe" text={training.recipe} />],
  ];
  return (
    <Card name={model.name} model={model} facts={facts}>
      {!training.finished && <p className={styles['hint']}>{t('Its training was cut short: trained to its end it would read more faces correctly.')}</p>}
    </Card>
  );
}
