import { Button as AriaButton } from 'react-aria-components/Button';
import { AddPhotos } from './AddPhotos';
import type { Sample } from '../../app/photo/samples';
import styles from '../shared/Welcome.module.css';

interface Props {
  readonly samples: readonly Sample[];
  readonly onSample: (sample: Sample) => void;
  readonly onFiles: (files: readonly File[]) => void;
}

/** What is seen before the first photo. */
export function Welcome({ samples, onSample, onFiles }: Props) {
  return (
    <section className={styles['welcome']}>
      <div className={styles['intro']}>
        <h2>Read the expressions in a photo</h2>
        <p className={styles['lead']}>
          Mien finds every face and says how likely each of seven expressions is. All of it happens in this tab: your
          pictures stay on your device.
        </p>
        <div className={styles['actions']}>
          <AddPhotos primary onFiles={onFiles} />
        </div>
        <p className={styles['hint']}>
          Or drop or paste them anywhere on this page. JPEG, PNG, WebP, AVIF, GIF, BMP and SVG; one or hundreds.
        </p>
      </div>
      <div className={styles['samples']}>
        <h3>No photo at hand? Try a drawing</h3>
        <ul>
          {samples.map((sample) => (
            <li key={sample.path}>
              <AriaButton className={styles['sample'] ?? ''} onPress={() => onSample(sample)} aria-label={`Try a sample: ${sample.name.toLowerCase()}`}>
                <img src={`./${sample.path}`} alt="" loading="lazy" />
                <span>{sample.name}</span>
              </AriaButton>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
