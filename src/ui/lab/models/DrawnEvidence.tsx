import { useEffect, useState } from 'react';
import { ASSET_BASE } from '../../../app/lab/lab-worker';
import { drawnFace, PEOPLE } from '../../../app/lab/drawn-faces';
import type { DrawnReading } from '../../../app/lab/drawn-readings';
import { EXPRESSIONS } from '../../../engine/labels';
import { fetchProbes } from '../../../lab/probes';
import { classWord } from '../../../words/class-word';
import { expressionName } from '../../../words/expression-style';
import { formatCount } from '../../../words/format';
import { FaceCanvas } from '../FaceCanvas';
import { TableFrame } from '../../shared/TableFrame';
import { t } from '../../../words/i18n';
import styles from '../lab.module.css';

/** A model's answers for drawn faces, which reveal a wrong scaling or order. */
export function DrawnEvidence({ readings }: { readonly readings: readonly DrawnReading[] | null }) {
  const [probes, setProbes] = useState<Uint8Array | null>(null);
  useEffect(() => {
    let mounted = true;
    fetchProbes(ASSET_BASE()).then(
      (bytes) => mounted && setProbes(bytes),
      // The text is sufficient without pictures.
      () => undefined,
    );
    return () => {
      mounted = false;
    };
  }, []);
  const right = readings?.reduce((sum, reading) => sum + reading.right, 0) ?? 0;
  return (
    <div className={styles['section']}>
      <p role="status">
        {readings
          ? t('So it reads {right} of {all} drawn faces as they were drawn.', { right, all: EXPRESSIONS.length * PEOPLE })
          : t('Trying it on drawn faces…')}
      </p>
      {readings && (
        <TableFrame label={t('Drawn faces')} holds="words">
          <thead>
            <tr>
              <th scope="col">{t('Drawn')}</th>
              <td />
              <th scope="col">{t('Read as')}</th>
            </tr>
          </thead>
          <tbody>
            {EXPRESSIONS.map((expression, e) => (
              <tr key={expression}>
                <th scope="row">{expressionName(expression)}</th>
                <td>{probes && <FaceCanvas {...drawnFace(probes, e, 0)} alt="" />}</td>
                <td>{countsOf(readings[e]?.labels ?? [])}</td>
              </tr>
            ))}
          </tbody>
        </TableFrame>
      )}
      <p className={styles['hint']}>{t('Drawings are no photographs: a good model may miss some. A wrong scaling or order misses nearly all.')}</p>
    </div>
  );
}

/** `happy 5, neutral 1`, most frequent first. */
function countsOf(labels: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Array.from(counts)
    .sort((a, b) => b[1] - a[1])
    .map(([label, count]) => t('{name} {count}', { name: label ? classWord(label) : t('unnamed'), count: formatCount(count) }))
    .join(', ');
}
