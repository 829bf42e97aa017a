import { Button as AriaButton } from 'react-aria-components/Button';
import { goTo } from '../../app/navigation';
import { SAMPLES, type Sample } from '../../app/read/samples';
import { expressionName } from '../../words/expression-style';
import { expressionColorVariable } from '../expression-style';
import { Button } from '../shared/Button';
import { CameraIcon } from '../shared/icons';
import { AddFiles } from './AddFiles';
import { t } from '../../words/i18n';
import styles from './Welcome.module.css';

interface Props {
  readonly onSample: (sample: Sample) => void;
  readonly onFiles: (files: readonly File[]) => void;
}

/** The empty state: inputs, outputs, and samples that give a result with one press. */
export function Welcome({ onSample, onFiles }: Props) {
  return (
    <section className={styles['welcome']}>
      <div className={styles['intro']}>
        <h2>{t('Read the expressions in a photo or a video')}</h2>
        <p className={styles['lead']}>
          {t('Mien finds every face and says how likely each of seven expressions is. All of it happens in this tab: your files stay on your device.')}
        </p>
        <div className={styles['actions']}>
          <AddFiles primary onFiles={onFiles} />
          <Button onPress={() => goTo('live', 'start')}>
            <CameraIcon />
            {t('Use the camera')}
          </Button>
        </div>
      </div>
      <div className={styles['more']}>
        <p className={styles['hint']}>
          {t('Or drop or paste files anywhere on this page, one or hundreds. Mien reads faces best when they are turned to the camera, evenly lit and uncovered.')}
        </p>
        <dl className={styles['output']}>
          <div>
            <dt>{t('For every face')}</dt>
            <dd>{t('a word, a number and the next likely expression; or “Uncertain”, and why')}</dd>
          </div>
          <div>
            <dt>{t('Over time')}</dt>
            <dd>{t('curves, people and key moments of videos and the camera')}</dd>
          </div>
          <div>
            <dt>{t('To download')}</dt>
            <dd>{t('JSON, CSV, pictures and videos with their labels')}</dd>
          </div>
        </dl>
      </div>
      <div className={styles['samples']}>
        <h3>{t('No picture at hand? Try a drawing')}</h3>
        <ul>
          {SAMPLES.map((sample) => (
            <li key={sample.path}>
              <SampleButton sample={sample} onPress={() => onSample(sample)} />
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function SampleButton({ sample, onPress }: { readonly sample: Sample; readonly onPress: () => void }) {
  return (
    <AriaButton className={styles['sample'] ?? ''} onPress={onPress} aria-label={t('Try a sample: {name}', { name: t(sample.name) })}>
      <span className={styles['picture']}>
        <img src={`./${sample.picture}`} width={sample.size[0]} height={sample.size[1]} alt="" loading="lazy" />
        {sample.faces.map(({ x, y, width, height, expression }, index) => (
          <span
            key={index}
            className={styles['box']}
            style={{ left: `${x * 100}%`, top: `${y * 100}%`, width: `${width * 100}%`, height: `${height * 100}%`, borderColor: expressionColorVariable(expression) }}
          >
            <span className={styles['word']}>{expressionName(expression)}</span>
          </span>
        ))}
      </span>
      <span className={styles['sampleName']}>{t(sample.name)}</span>
    </AriaButton>
  );
}
