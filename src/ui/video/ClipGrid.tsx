import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { AlertIcon } from '../shared/icons';
import styles from '../shared/ThumbnailGrid.module.css';
import { wordError } from '../wording';
import type { Clip, ClipQueue, QueueAction } from './clip-queue';

interface Props {
  readonly queue: ClipQueue;
  readonly dispatch: (action: QueueAction) => void;
}

/** All clips, small; choosing one shows it whole. */
export function ClipGrid({ queue, dispatch }: Props) {
  const select = (keys: 'all' | Set<number | string>) => {
    const [id] = keys === 'all' ? [] : keys;
    if (typeof id === 'number') dispatch({ type: 'select', id });
  };
  return (
    <ListBox
      className={styles['grid'] ?? ''}
      aria-label="All videos"
      layout="grid"
      items={queue.clips}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={queue.selectedId === null ? [] : [queue.selectedId]}
      onSelectionChange={select}
    >
      {(clip) => (
        <ListBoxItem
          className={styles['cell'] ?? ''}
          textValue={`${clip.file.name}: ${clipWords(clip)}`}
          data-status={clip.state.status === 'unreadable' ? 'failed' : clip.state.status}
        >
          {clip.thumbnail ? (
            <img src={clip.thumbnail} alt="" />
          ) : (
            <span className={styles['blank']}>{clip.state.status === 'unreadable' && <AlertIcon />}</span>
          )}
          <span className={styles['name']}>{clip.file.name}</span>
          <span className={styles['summary']}>{clipWords(clip)}</span>
        </ListBoxItem>
      )}
    </ListBox>
  );
}

/** How a clip is, in a few words. */
export function clipWords({ state }: Clip): string {
  switch (state.status) {
    case 'opening':
      return 'Opening…';
    case 'unreadable':
      return wordError(state.error).title;
    case 'ready':
      return 'Ready';
    case 'waiting':
      return 'Waiting';
    case 'analysing':
      return 'Being analysed';
    case 'ended':
      if (state.ending.how === 'failed') return wordError(state.ending.error).title;
      return state.ending.how === 'complete' ? 'Analysed' : 'Stopped early';
  }
}
