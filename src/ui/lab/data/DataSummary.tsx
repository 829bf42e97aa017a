import { dataSession } from '../../../app/lab/data-session';
import { categoriesOf, type DataSet } from '../../../app/lab/data-set';
import { goTo } from '../../../app/navigation';
import { formatBytes, formatCount } from '../../../words/format';
import { Button } from '../../shared/Button';
import { FaceGrid } from '../FaceGrid';
import styles from '../lab.module.css';

/** A data set that is ready: what is in it, what is not, and its faces. */
export function DataSummary({ data }: { readonly data: DataSet }) {
  const { name, faces, pixels, leftOut, bursts } = data;
  const categories = categoriesOf(faces);
  const countOf = (category: string | null) => faces.filter((face) => face.category === category).length;
  const persons = new Set(faces.flatMap(({ person }) => person ?? [])).size;
  const copies = bursts.filter((first, face) => first !== face).length;
  const bytes = pixels.luminance.length + (pixels.colors?.length ?? 0);
  return (
    <div className={styles['section']}>
      <section className={styles['card']} aria-label={name}>
        <h2>{name}</h2>
        <dl className={styles['facts']}>
          <div>
            <dt>Faces</dt>
            <dd>
              {formatCount(faces.length)} ({formatBytes(bytes)} in this tab)
            </dd>
          </div>
          <div>
            <dt>By class</dt>
            <dd>
              {categories.map((category) => `${category} ${formatCount(countOf(category))}`).join(', ')}
              {countOf(null) > 0 && `; left out ${formatCount(countOf(null))}`}
            </dd>
          </div>
          <div>
            <dt>People</dt>
            <dd>{persons > 0 ? formatCount(persons) : 'not known: each face counts as somebody else'}</dd>
          </div>
          <div>
            <dt>Near-duplicates</dt>
            <dd>{copies > 0 ? `${formatCount(copies)} faces are nearly the same as an earlier one; they are never parted` : 'none'}</dd>
          </div>
        </dl>
        {leftOut.length > 0 && (
          <details>
            <summary>{formatCount(leftOut.length)} pictures gave no face</summary>
            <ul className={styles['list']}>
              {leftOut.slice(0, LISTED).map(({ name: own, reason }, i) => (
                <li key={i}>
                  {own}: {reason}
                </li>
              ))}
            </ul>
            {leftOut.length > LISTED && <p className={styles['hint']}>And {formatCount(leftOut.length - LISTED)} more.</p>}
          </details>
        )}
        <div className={styles['actions']}>
          <Button variant="primary" onPress={() => goTo('lab', 'evaluate')}>
            Judge a model on it
          </Button>
          <Button onPress={() => goTo('lab', 'teach')}>Teach with it</Button>
          <Button variant="quiet" onPress={() => dataSession.remove()}>
            Remove
          </Button>
        </div>
      </section>
      <FaceGrid label="Faces" data={data} faces={faces.map((_, face) => face)} describe={(face) => faces[face]?.category ?? 'left out'} />
    </div>
  );
}

const LISTED = 200;
