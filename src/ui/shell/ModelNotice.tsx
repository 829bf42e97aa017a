import { settingsStore } from '../../app/settings';
import { useEngine } from '../engine-context';
import { Button } from '../shared/Button';
import styles from './ModelNotice.module.css';

/** Says that another model than Mien's own reads the faces, wherever results are shown. */
export function ModelNotice() {
  const state = useEngine();
  if (state.status !== 'ready' || !state.health.brought) return null;
  return (
    <p className={styles['notice']} data-testid="model-notice">
      <span>
        Read by <strong>{state.health.model.id}</strong>, not by Mien’s own model
      </span>
      <Button variant="quiet" onPress={() => settingsStore().update({ modelId: null })}>
        Use Mien’s own
      </Button>
    </p>
  );
}
