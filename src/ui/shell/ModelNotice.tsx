import { settingsStore } from '../../app/settings';
import { useEngine } from '../engine-context';
import { Button } from '../shared/Button';
import { Rich } from '../shared/Rich';
import { msg, t } from '../../words/i18n';
import styles from './ModelNotice.module.css';

/** Shown with all results while an imported model replaces Mien's own. */
export function ModelNotice() {
  const state = useEngine();
  if (state.status !== 'ready' || !state.health.brought) return null;
  return (
    <p className={styles['notice']} data-testid="model-notice">
      <span>
        <Rich message={msg('Read by <strong>{model}</strong>, not by Mien’s own model')} values={{ model: state.health.model.id }} parts={{ strong: (text) => <strong>{text}</strong> }} />
      </span>
      <Button variant="quiet" onPress={() => settingsStore().update({ modelId: null })}>
        {t('Use Mien’s own')}
      </Button>
    </p>
  );
}
