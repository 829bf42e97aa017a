import { useCallback, useRef, useState, useSyncExternalStore } from 'react';
import { MienError } from '../../engine/errors';
import { DropHint } from '../shared/DropHint';
import { Message } from '../shared/Message';
import { UndoBar } from '../shared/UndoBar';
import { useIncomingFiles } from '../shared/use-incoming-files';
import { useKeptFocus } from '../shared/use-kept-focus';
import { wordError } from '../../words/errors';
import { pathOf } from '../../app/files/file-path';
import { filesOfKind } from '../../app/files/files-of-kind';
import { wordPassedOver } from '../../words/progress';
import { AddPhotos } from './AddPhotos';
import { PhotoDetail } from './PhotoDetail';
import { queueProgress } from '../../app/photo/photo-queue';
import { photoSession } from '../../app/photo/photo-session';
import { PhotoToolbar } from './PhotoToolbar';
import styles from './PhotoTab.module.css';
import { fetchSample, SAMPLES, type Sample } from '../../app/photo/samples';
import { PhotoGrid } from './PhotoGrid';
import { Welcome } from './Welcome';

const { dispatch } = photoSession;

export default function PhotoTab() {
  const queue = useSyncExternalStore(photoSession.subscribe, photoSession.getSnapshot);
  const view = useRef<HTMLDivElement>(null);
  const undo = useRef<HTMLDivElement>(null);
  const [passedOver, setPassedOver] = useState<readonly string[]>([]);
  const [sampleError, setSampleError] = useState<MienError | null>(null);

  const addFiles = useCallback((files: readonly File[]) => {
    setSampleError(null);
    const { wanted, passedOver: others } = filesOfKind(files, 'photo');
    setPassedOver(others.map(pathOf));
    if (wanted.length > 0) dispatch({ type: 'add', files: wanted });
  }, []);
  const dragging = useIncomingFiles(view, addFiles);
  const selected = queue.items.find((p) => p.id === queue.selectedId) ?? null;
  useKeptFocus(view, undo, `${queue.items.length} ${queue.beforeRemoval !== null} ${queueProgress(queue).running} ${selected?.state.status}`);

  const addSample = (sample: Sample) => {
    fetchSample(sample).then(
      (file) => addFiles([file]),
      () => setSampleError(new MienError('model', 'network', sample.path)),
    );
  };

  return (
    <div ref={view} className={styles['tab']} tabIndex={-1}>
      {queue.items.length === 0 ? (
        <Welcome samples={SAMPLES} onSample={addSample} onFiles={addFiles} />
      ) : (
        <>
          <PhotoToolbar queue={queue} dispatch={dispatch}>
            <AddPhotos onFiles={addFiles} />
          </PhotoToolbar>
          {queue.items.length > 1 && <PhotoGrid queue={queue} dispatch={dispatch} />}
          {selected && (
            <PhotoDetail
              key={selected.id}
              photo={selected}
              onRemove={() => dispatch({ type: 'remove', id: selected.id })}
              onFiles={(files) => dispatch({ type: 'replace', id: selected.id, files })}
              onRetry={() => dispatch({ type: 'set-state', id: selected.id, state: { status: 'waiting' } })}
              onCancel={queue.items.length === 1 ? () => dispatch({ type: 'cancel' }) : null}
            />
          )}
        </>
      )}
      {passedOver.length > 0 && (
        <p role="status" title={passedOver.join('\n')}>
          {wordPassedOver(passedOver, 'photo')}
        </p>
      )}
      {sampleError && <Message error={sampleError} wording={{ ...wordError(sampleError), title: 'The sample could not be fetched' }} />}
      {queue.beforeRemoval && (
        <UndoBar
          ref={undo}
          words={removedWords(queue.beforeRemoval.items.length - queue.items.length)}
          onUndo={() => dispatch({ type: 'undo-removal' })}
          onDismiss={() => dispatch({ type: 'forget-removal' })}
        />
      )}
      {dragging && <DropHint>Drop photos or folders anywhere</DropHint>}
    </div>
  );
}

function removedWords(count: number): string {
  return count === 1 ? 'Photo removed' : `${count} photos removed`;
}
