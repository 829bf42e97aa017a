import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { droppedModel } from '../../../app/files/dropped-model';
import { folderFiles } from '../../../app/files/file-path';
import { ModelImport } from '../../../app/lab/model-import';
import { modelLibrary } from '../../../app/lab/model-library';
import { Button } from '../../shared/Button';
import { DropHint } from '../../shared/DropHint';
import { FolderIcon } from '../../shared/icons';
import { Message } from '../../shared/Message';
import { UndoBar } from '../../shared/UndoBar';
import { useIncomingFiles } from '../../shared/use-incoming-files';
import { t } from '../../../words/i18n';
import styles from '../lab.module.css';
import { ImportWizard } from './ImportWizard';
import { MienCard, StoredModelCard } from './ModelCard';
import { ZooCard } from './ZooCard';

/** Mien's own model, and the imported ones. */
export function ModelsPage() {
  const page = useRef<HTMLDivElement>(null);
  const library = useSyncExternalStore(modelLibrary.subscribe, modelLibrary.getSnapshot);
  const [importing] = useState(() => new ModelImport());
  const state = useSyncExternalStore(importing.subscribe, importing.getSnapshot);
  const read = useCallback((files: readonly File[]) => void importing.read(files), [importing]);
  const { dragging } = useIncomingFiles(page, read);
  useEffect(() => {
    void modelLibrary.load();
    return () => importing.end();
  }, [importing]);
  useEffect(() => {
    const dropped = droppedModel.getSnapshot();
    if (!dropped) return;
    droppedModel.set(null);
    read(dropped);
  }, [read]);

  const keep = async () => {
    const model = importing.confirmed();
    if (model && (await modelLibrary.add(model))) importing.end();
  };

  const isAsking = state.status === 'reading' || state.status === 'asking';
  return (
    <div ref={page} className={styles['section']}>
      {dragging && <DropHint>{t('Drop a model anywhere')}</DropHint>}
      <p className={styles['lead']}>
        {t('Any network that classifies faces can read them here in the place of Mien’s own, or beside it. It runs in this tab; its file stays on your device.')}
      </p>
      {library.error && state.status !== 'asking' && <Message error={library.error} />}
      <div className={isAsking || library.models.length > 0 ? styles['section'] : styles['beside']}>
        {!isAsking ? (
          <div className={styles['drop']}>
            <h2>{t('Bring your own model')}</h2>
            {state.status === 'failed' && <ImportFailure name={state.name} error={state.error} />}
            <div className={styles['actions']}>
              <FileTrigger allowsMultiple onSelect={(files) => read([...(files ?? [])])}>
                <Button variant="primary">{t('Choose a model file')}</Button>
              </FileTrigger>
              <FileTrigger acceptDirectory onSelect={(files) => read(folderFiles([...(files ?? [])]))}>
                <Button>
                  <FolderIcon />
                  {t('Choose a folder')}
                </Button>
              </FileTrigger>
            </div>
            <p className={styles['hint']}>
              {t('Or drop it anywhere on this page: Keras .h5, .hdf5 or .keras, a TensorFlow.js model (its folder or ZIP), or weights together with the JSON of their network.')}
            </p>
          </div>
        ) : (
          <ImportWizard state={state} importing={importing} unkept={library.error} onKeep={() => void keep()} />
        )}
        <ul className={styles['cards']} aria-label={t('Models')}>
          <MienCard />
          {library.models.map((model) => (
            <StoredModelCard key={model.id} model={model} />
          ))}
        </ul>
      </div>
      {library.zoo.length > 0 && (
        <section className={styles['section']} aria-label={t('Networks of other projects')}>
          <h2>{t('Networks of other projects')}</h2>
          <p className={styles['hint']}>
            {t('Built as their documents describe them and trained here on the same faces as Mien’s own, each by its own recipe. They are fetched when they are used.')}
          </p>
          <ul className={styles['cards']} aria-label={t('Networks of other projects')}>
            {library.zoo.map((model) => (
              <ZooCard key={model.id} model={model} />
            ))}
          </ul>
        </section>
      )}
      {library.removed && (
        <UndoBar
          done={library.removed}
          words={t('{name} was removed', { name: library.removed.model.name })}
          onUndo={() => void modelLibrary.undoRemoval()}
          onDismiss={() => void modelLibrary.forgetRemoval()}
        />
      )}
    </div>
  );
}

function ImportFailure({ name, error }: { readonly name: string; readonly error: Parameters<typeof Message>[0]['error'] }) {
  return (
    <div>
      <Message error={error} />
      <p className={styles['hint']}>
        {name}
        {error.detail && `: ${error.detail}`}
      </p>
    </div>
  );
}
