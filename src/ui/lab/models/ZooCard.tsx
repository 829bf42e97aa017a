import type { ZooModel } from '../../../app/lab/zoo-models';
import { formatBytes, formatCount, formatPercent } from '../../../words/format';
import styles from '../lab.module.css';
import { Card, Share, type Facts } from './ModelCard';

/** A network that another project describes: what it is, how right it is here, and what its document claims. */
export function ZooCard({ model }: { readonly model: ZooModel }) {
  const { input, parameters, bytes, training, claim, metrics, transfer } = model.card;
  const facts: Facts = [
    ['Input', `${input.side} × ${input.side}, ${input.channels === 1 ? 'grey' : 'colour'}`],
    ['Parameters', formatCount(parameters)],
    ['Size', formatBytes(bytes)],
    ...metrics.map((row) => [`On ${row.labels}`, <Share key={row.labels} value={row.accuracy} interval={row.interval95} />] as const),
    ['Its document claims', claim.words],
    ...transfer.sets.map((set) => [`On ${set.name}`, `${formatPercent(set.recall, 1)} mean recall of ${set.faces} faces`] as const),
    ['Trained', training.words],
    ['Recipe', training.recipe],
  ];
  return (
    <Card name={model.name} model={model} facts={facts}>
      {!training.finished && <p className={styles['hint']}>Its training was cut short: trained to its end it would read more faces correctly.</p>}
    </Card>
  );
}
