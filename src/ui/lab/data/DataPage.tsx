import { useCallback, useRef, useState, useSyncExternalStore } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { dataSession } from '../../../app/lab/data-session';
import { wordDataName } from '../../../app/lab/data-words';
import { folderFiles } from '../../../app/files/file-path';
import { formatCount } from '../../../words/format';
import { Button } from '../../shared/Button';
import { DropHint } from '../../shared/DropHint';
import { CameraIcon, FolderIcon } from '../../shared/icons';
import { Message } from '../../shared/Message';
import { UndoBar } from '../../shared/UndoBar';
import { useIncomingFiles } from '../../shared/use-incoming-files';
import { t } from '../../../words/i18n';
import styles from '../lab.module.css';
import { Outline } from '../Outline';
import { Progress } from '../Progress';
import { CameraTaking } from './CameraTaking';
import { ExamplesButton } from './ExamplesButton';
import { DataSummary } from './DataSummary';
import { LeftOutList } from './LeftOutList';
import { LabelMapping } from './LabelMapping';

/** Number of pictures listed if none of them has a face. */
const FIRST_LEFT_OUT = 3;

/** The labelled faces that models are evaluated on and taught with. */
export function DataPage() {
  const page = useRef<HTMLDivElement>(null);
  const state = useSyncExternalStore(dataSession.subscribe, dataSession.getSnapshot);
  const removed = useSyncExternalStore(dataSession.subscribeRemoved, dataSession.getRemoved);
  const [taking, setTaking] = useState(false);
  const choose = useCallback((files: readonly File[]) => void dataSession.choose(files), []);
  const takeFaces = () => {
    // Add the camera's faces to the earlier ones.
    if (state.status === 'failed' && state.canGoBack) dataSession.cancel();
    setTaking(true);
  };
  const { dragging } = useIncomingFiles(page, choose);
  return (
    <div ref={page} className={styles['section']}>
      {dragging && <DropHint>{t('Drop labelled pictures anywhere')}</DropHint>}
      {taking && <CameraTaking onEnd={() => setTaking(false)} />}
      {!taking && (state.status === 'empty' || state.status === 'failed') && (
        <div className={`${styles['drop']} ${styles['section']}`}>
          <h2>{t('Choose labelled faces')}</h2>
          {state.status === 'failed' && <Message error={state.error} />}
          {state.status === 'failed' && <p className={styles['hint']}>{wordDataName(state.name)}</p>}
          {state.status === 'failed' && state.leftOut.length > 0 && <LeftOutList leftOut={state.leftOut} most={FIRST_LEFT_OUT} />}
          {state.status === 'failed' && state.canGoBack && (
            <div className={styles['actions']}>
              <Button onPress={() => dataSession.cancel()}>{t('Back to the earlier faces')}</Button>
            </div>
          )}
          <div className={styles['actions']}>
            <FileTrigger acceptDirectory onSelect={(files) => choose(folderFiles([...(files ?? [])]))}>
              <Button variant="primary">
                <FolderIcon />
                {t('Choose a folder')}
              </Button>
            </FileTrigger>
            <ExamplesButton onFiles={choose} />
            <FileTrigger allowsMultiple onSelect={(files) => choose([...(files ?? [])])}>
              <Button>{t('Choose files')}</Button>
            </FileTrigger>
            <Button onPress={takeFaces}>
              <CameraIcon />
              {t('Use the camera')}
            </Button>
            <Button onPress={() => void dataSession.chooseDrawn()}>{t('Try drawn faces')}</Button>
          </div>
          <Outline
            rows={[
              [t('A folder'), t('With a subfolder for each expression, such as happy or sad, and for each person where you have them')],
              [t('A table'), t('A CSV of file names and labels with its pictures, or FER2013’s own fer2013.csv')],
              [t('Sheets'), t('Sheets of faces with their labels.csv')],
              [t('The camera'), t('A button to hold for each expression: five faces each are enough to teach')],
            ]}
          />
          <p className={styles['hint']}>{t('They stay on your device: this browser keeps them until you remove them.')}</p>
        </div>
      )}
      {state.status === 'reading' && (
        <Progress
          label={t('Reading')}
          share={null}
          words={state.items > 0 ? t('Reading {name}: {items, plural, one {# picture} other {# pictures}} so far', { name: wordDataName(state.name), items: state.items }) : t('Reading {name}…', { name: wordDataName(state.name) })}
          onCancel={() => dataSession.cancel()}
        />
      )}
      {state.status === 'asking' && <LabelMapping question={state} />}
      {state.status === 'cropping' && (
        <Progress
          label={t('Finding faces')}
          share={state.done / state.total}
          words={t('Finding faces: {done} of {total} pictures', { done: formatCount(state.done), total: formatCount(state.total) })}
          onCancel={() => dataSession.cancel()}
        />
      )}
      {!taking && state.status === 'ready' && <DataSummary data={state.data} onTake={() => setTaking(true)} />}
      {removed && <UndoBar done={removed} words={t('{name} was removed', { name: wordDataName(removed.name) })} onUndo={() => dataSession.undoRemoval()} onDismiss={() => dataSession.forgetRemoval()} />}
    </div>
  );
}
