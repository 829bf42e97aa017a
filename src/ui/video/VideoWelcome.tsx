import { Button as AriaButton } from 'react-aria-components/Button';
import styles from '../shared/Welcome.module.css';
import { AddVideos } from './AddVideos';

interface Props {
  readonly onSample: () => void;
  readonly onFiles: (files: readonly File[]) => void;
}

/** What is seen before the first clip. */
export function VideoWelcome({ onSample, onFiles }: Props) {
  return (
    <section className={styles['welcome']}>
      <div className={styles['intro']}>
        <h2>Follow expressions through a video</h2>
        <p className={styles['lead']}>
          Mien reads the faces in a clip frame by frame and draws how each person’s expression changes. All of it happens in this tab: your
          videos stay on your device.
        </p>
        <div className={styles['actions']}>
          <AddVideos primary onFiles={onFiles} />
        </div>
        <p className={styles['hint']}>
          Or drop them anywhere on this page. MP4, MOV, WebM, MKV, MTS and AVI, as far as this browser can decode them; of any length.
        </p>
      </div>
      <div className={styles['samples']}>
        <h3>No video at hand? Try a drawing</h3>
        <ul>
          <li>
            <AriaButton className={styles['sample'] ?? ''} onPress={onSample} aria-label="Try a sample: two people, 12 seconds">
              <img src="./samples/clip.webp" alt="" loading="lazy" />
              <span>Two people, 12 seconds</span>
            </AriaButton>
          </li>
        </ul>
      </div>
    </section>
  );
}
