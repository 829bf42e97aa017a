import { useCallback, useRef, useState, useSyncExternalStore } from 'react';
import { MienError } from '../../engine/errors';
import { analysedClips, clipStems } from '../../app/video/clip-downloads';
import { BundleDownloads } from '../shared/BundleDownloads';
import { Button } from '../shared/Button';
import { DropHint } from '../shared/DropHint';
import { Message } from '../shared/Message';
import { UndoBar } from '../shared/UndoBar';
import { useIncomingFiles } from '../shared/use-incoming-files';
import { useKeptFocus } from '../shared/use-kept-focus';
import { wordError } from '../../words/errors';
import { AddVideos } from './AddVideos';
import { ClipDetail } from './ClipDetail';
import { ClipGrid } from './ClipGrid';
import { filesOfKind } from '../../app/files/files-of-kind';
import { wordPassedOver } from '../../words/progress';
import { pathOf } from '../../app/files/file-path';
import { videoSession } from '../../app/video/video-session';
import { VideoWelcome } from './VideoWelcome';
import styles from './VideoTab.module.css';

const SAMPLE = 'samples/clip.mp4';

/** Video files, what is read in them, and what that shows. */
export default function VideoTab() {
  const session = videoSession();
  const { dispatch } = session;
  const queue = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const view = useRef<HTMLDivElement>(null);
  const undo = useRef<HTMLDivElement>(null);
  const [passedOver, setPassedOver] = useState<readonly string[]>([]);
  const [sampleError, setSampleError] = useState<MienError | null>(null);

  const addFiles = useCallback(
    (files: readonly File[]) => {
      setSampleError(null);
      const { wanted, passedOver: others } = filesOfKind(files, 'video');
      setPassedOver(others.map(pathOf));
      if (wanted.length > 0) dispatch({ type: 'add', files: wanted });
    },
    [dispatch],
  );
  const dragging = useIncomingFiles(view, addFiles);
  useKeptFocus(view, undo, `${queue.items.length} ${queue.beforeRemoval !== null}`);

  const addSample = () => {
    fetchSample().then(
      (file) => addFiles([file]),
      () => setSampleError(new MienError('model', 'network', SAMPLE)),
    );
  };

  const selected = queue.items.find(({ id }) => id === queue.selectedId) ?? null;
  const stems = clipStems(queue.items);
  const analysed = analysedClips(queue.items);
  const ready = queue.items.filter(({ state }) => state.status === 'ready').length;
  return (
    <div ref={view} className={styles['tab']} tabIndex={-1}>
      {queue.items.length === 0 ? (
        <VideoWelcome onSample={addSample} onFiles={addFiles} />
      ) : (
        <>
          <section className={styles['toolbar']} aria-label="Videos">
            <AddVideos onFiles={addFiles} />
            <Button variant="quiet" onPress={() => dispatch({ type: 'clear' })}>
              {queue.items.length === 1 ? 'Start over' : 'Remove all'}
            </Button>
            {analysed.length > 1 && <BundleDownloads noun="clips" sessions={analysed} />}
          </section>
          {queue.items.length > 1 && <ClipGrid queue={queue} dispatch={dispatch} />}
          {selected && <ClipDetail key={selected.id} clip={selected} stem={stems[queue.items.indexOf(selected)] ?? ''} ready={ready} dispatch={dispatch} onSave={() => void session.save(selected.id)} />}
        </>
      )}
      {passedOver.length > 0 && (
        <p role="status" title={passedOver.join('\n')}>
          {wordPassedOver(passedOver, 'video')}
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
      {dragging && <DropHint>Drop videos or folders anywhere</DropHint>}
    </div>
  );
}

async function fetchSample(): Promise<File> {
  const response = await fetch(new URL(SAMPLE, document.baseURI));
  if (!response.ok) throw new Error(`${SAMPLE}: ${response.status}`);
  return new File([await response.blob()], 'sample-clip.mp4', { type: 'video/mp4' });
}

function removedWords(count: number): string {
  return count === 1 ? 'Video removed' : `${count} videos removed`;
}
