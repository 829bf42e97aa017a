import { goTo } from '../../app/navigation';
import { Button } from '../shared/Button';
import styles from './sessions.module.css';

/** What is seen before the first session. */
export function EmptySessions() {
  return (
    <section className={styles['empty']}>
      <h3>No sessions yet</h3>
      <p>
        Record the webcam, or analyse a video file: expressions over time, of everybody in view, are kept here. They stay on
        this device, until you delete them.
      </p>
      <div className={styles['actions']}>
        <Button variant="primary" onPress={() => goTo('live')}>
          Go to the webcam
        </Button>
        <Button onPress={() => goTo('read')}>Open a video file</Button>
      </div>
    </section>
  );
}
