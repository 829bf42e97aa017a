import { Button as AriaButton } from 'react-aria-components/Button';
import { SAMPLES, type Sample } from '../../app/read/samples';
import { AddFiles } from './AddFiles';
import styles from './Welcome.module.css';

interface Props {
  readonly onSample: (sample: Sample) => void;
  readonly onFiles: (files: readonly File[]) => void;
}

/** What is seen before the first file. */
export function Welcome({ onSample, onFiles }: Props) {
  return (
    <section className={styles['welcome']}>
      <div className={styles['intro']}>
        <h2>Read the expressions in a photo or a video</h2>
        <p className={styles['lead']}>
          Mien finds every face and says how likely each of seven expressions is. All of it happens in this tab: your
          files stay on your device.
        </p>
        <div className={styles['actions']}>
          <AddFiles primary onFiles={onFiles} />
        </div>
        <p className={styles['hint']}>
          Or drop or paste them anywhere on this page. JPEG, PNG, WebP, AVIF, GIF, BMP and SVG; MP4, MOV, WebM, MKV, MTS and AVI. One or hundreds, of any length.
        </p>
      </div>
      <div className={styles['samples']}>
        <h3>Nothing at hand? Try a drawing</h3>
        <ul>
          {SAMPLES.map((sample) => (
            <li key={sample.path}>
              <AriaButton className={styles['sample'] ?? ''} onPress={() => onSample(sample)} aria-label={`Try a sample: ${sample.name.toLowerCase()}`}>
                <img src={`./${sample.picture}`} alt="" loading="lazy" />
                <span>{sample.name}</span>
              </AriaButton>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
