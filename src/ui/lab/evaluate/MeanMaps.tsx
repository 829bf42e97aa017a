import { useId, useState } from 'react';
import type { EvaluationResult, Judgement } from '../../../app/lab/evaluation';
import { computeMeanMaps, meanMaps, type MeanMapsResult } from '../../../app/lab/mean-maps';
import { FACE_SIDE } from '../../../lab/faces';
import { thirdsOf, type MeanEvidence } from '../../../lab/why/mean-evidence';
import { classWord } from '../../../words/class-word';
import { formatCount, formatPercent } from '../../../words/format';
import { t } from '../../../words/i18n';
import { FaceCanvas } from '../FaceCanvas';
import styles from '../lab.module.css';
import { HeatMap } from '../why/HeatMap';
import own from './mean-maps.module.css';
import { RunCard } from './RunCard';

/** Where a model sees each class, and what misleads it. */
export function MeanMaps({ result, judgement }: { readonly result: EvaluationResult; readonly judgement: Judgement }) {
  return (
    <RunCard
      title={t('Where it looks')}
      run={meanMaps}
      judgement={judgement}
      offer={t('A heat map of each class and of its mistakes, on average, over the mean of their faces.')}
      button={t('Map the classes')}
      onStart={() => void meanMaps.start(0, (signal, onProgress) => computeMeanMaps(result, judgement, signal, onProgress))}
      progress={(done, total) => t('{done} of {total} faces mapped', { done: formatCount(done), total: formatCount(total) })}
    >
      {(found) => <Maps {...found} />}
    </RunCard>
  );
}

function Maps({ classes, method }: MeanMapsResult) {
  const opacityId = useId();
  const [opacity, setOpacity] = useState(0.6);
  return (
    <>
      <p className={styles['hint']}>
        {method === 'activation' ? t('Green speaks for a class, red against it. Exact for this network.') : t('Green: covering it lowers the class; red: covering it raises it.')}{' '}
        {t('Each map is as strong as its strongest field. It shows what the network goes by, not what people feel.')}
      </p>
      <div className={[styles['field'], own['opacity']].join(' ')}>
        <label htmlFor={opacityId}>{t('Opacity')}</label>
        <input id={opacityId} type="range" min={0} max={1} step={0.05} value={opacity} onChange={({ target }) => setOpacity(target.valueAsNumber)} />
      </div>
      <ul className={own['classes']}>
        {classes.map(({ name, faces, mistakes, misled }) => {
          const word = classWord(name);
          return (
            <li key={name} aria-label={word}>
              <h4>{word}</h4>
              <div className={own['maps']}>
                {faces && <Map map={faces} opacity={opacity} title={t('Its faces')} says={t('what speaks for {name}', { name: word })} />}
                {mistakes && <Map map={mistakes} opacity={opacity} title={t('Its mistakes')} says={t('what speaks for {name}', { name: word })} />}
                {misled && <Map map={misled} opacity={opacity} title={t('Its mistakes')} says={t('what speaks for the wrong answer')} />}
              </div>
              {!mistakes && <p className={styles['hint']}>{t('No face of it was named otherwise.')}</p>}
            </li>
          );
        })}
      </ul>
    </>
  );
}

interface MapProps {
  readonly map: MeanEvidence;
  readonly opacity: number;
  readonly title: string;
  readonly says: string;
}

function Map({ map, opacity, title, says }: MapProps) {
  return (
    <figure className={own['map']}>
      <HeatMap side={map.side} evidence={map.evidence} opacity={opacity}>
        <FaceCanvas luminance={map.face} side={FACE_SIDE} alt="" />
      </HeatMap>
      <figcaption>
        <strong>{title}</strong>
        <span>{says}</span>
        <span>{t('mean of {count, plural, one {# face} other {# faces}}', { count: map.faces })}</span>
        <Thirds map={map} />
      </figcaption>
    </figure>
  );
}

/** The map in figures, for readers who cannot see it or want to cite it. */
function Thirds({ map }: { readonly map: MeanEvidence }) {
  const thirds = thirdsOf(map);
  if (!thirds) return <span>{t('nothing speaks for it')}</span>;
  const [upper, middle, lower] = thirds.map((share) => formatPercent(share, 0));
  return <span>{t('upper third {upper}, middle {middle}, lower {lower}', { upper: upper ?? '', middle: middle ?? '', lower: lower ?? '' })}</span>;
}
