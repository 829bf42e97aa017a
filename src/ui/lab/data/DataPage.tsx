import { useCallback, useRef, useSyncExternalStore } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { dataSession } from '../../../app/lab/data-session';
import { folderFiles } from '../../../app/files/file-path';
import { formatCount } from '../../../words/format';
import { Button } from '../../shared/Button';
import { DropHint } from '../../shared/DropHint';
import { FolderIcon } from '../../shared/icons';
import { Message } from '../../shared/Message';
import { UndoBar } from '../../shared/UndoBar';
import { useIncomingFiles } from '../../shared/use-incoming-files';
import styles from '../lab.module.css';
import { Progress } from '../Progress';
import { DataSummary } from './DataSummary';
import { LabelMapping } from './LabelMapping';

/** The labelled faces that models are judged on and taught with. */
export function DataPage() {
  const page = useRef<HTMLDivElement>(null);
  const state = useSyncExternalStore(dataSession.subscribe, dataSession.getSnapshot);
  const removed = useSyncExternalStore(dataSession.subscribeRemoved, dataSession.getRemoved);
  const choose = useCallback((files: readonly File[]) => void dataSession.choose(files), []);
  const dragging = useIncomingFiles(page, choose);
  return (
    <div ref={page} className={styles['section']}>
      {dragging && <DropHint>Drop labelled pictures anywhere</DropHint>}
      {(state.status === 'empty' || state.status === 'failed') && (
        <div className={styles['drop']}>
          <h2>Choose labelled faces</h2>
          {state.status === 'failed' && <Message error={state.error} />}
          {state.status === 'failed' && <p className={styles['hint']}>{state.name}</p>}
          <div className={styles['actions']}>
            <FileTrigger acceptDirectory onSelect={(files) => choose(folderFiles([...(files ?? [])]))}>
              <Button variant="primary">
                <FolderIcon />
                Choose a folder
              </Button>
            </FileTrigger>
            <FileTrigger allowsMultiple onSelect={(files) => choose([...(files ?? [])])}>
              <Button>Choose files</Button>
            </FileTrigger>
            <Button onPress={() => void dataSession.chooseDrawn()}>Try drawn faces</Button>
          </div>
          <p className={styles['hint']}>
            A folder with a subfolder for each expression; a CSV of file names and labels with its pictures; FER2013’s own fer2013.csv; or sheets of
            faces with their labels.csv. They stay on your device, in this tab, until it is closed.
          </p>
        </div>
      )}
      {state.status === 'reading' && (
        <Progress
          label="Reading"
          share={null}
          words={`Reading ${state.name}${state.items > 0 ? `: ${formatCount(state.items)} pictures so far` : '…'}`}
          onCancel={() => dataSession.cancel()}
        />
      )}
      {state.status === 'asking' && <LabelMapping question={state} />}
      {state.status === 'cropping' && (
        <Progress
          label="Finding faces"
          share={state.done / state.total}
          words={`Finding faces: ${formatCount(state.done)} of ${formatCount(state.total)} pictures`}
          onCancel={() => dataSession.cancel()}
        />
      )}
      {state.status === 'ready' && <DataSummary data={state.data} />}
      {removed && <UndoBar words={`${removed.name} was removed`} onUndo={() => dataSession.undoRemoval()} onDismiss={() => dataSession.forgetRemoval()} />}
    </div>
  );
}
