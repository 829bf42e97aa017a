import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { AlertIcon } from '../shared/icons';
import { wordError } from '../wording';
import { headlineOf } from './face-words';
import type { Photo, PhotoQueue, QueueAction } from './photo-queue';
import styles from '../shared/ThumbnailGrid.module.css';

interface Props {
  readonly queue: PhotoQueue;
  readonly dispatch: (action: QueueAction) => void;
}

/** All photos, small; choosing one shows it whole. */
export function ThumbnailGrid({ queue, dispatch }: Props) {
  const select = (keys: 'all' | Set<number | string>) => {
    const [id] = keys === 'all' ? [] : keys;
    if (typeof id === 'number') dispatch({ type: 'select', id });
  };
  return (
    <ListBox
      className={styles['grid'] ?? ''}
      aria-label="All photos"
      layout="grid"
      items={queue.photos}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={queue.selectedId === null ? [] : [queue.selectedId]}
      onSelectionChange={select}
    >
      {(photo) => (
        <ListBoxItem className={styles['cell'] ?? ''} textValue={`${photo.file.name}: ${summary(photo)}`} data-status={photo.state.status}>
          {photo.thumbnail ? (
            <img src={photo.thumbnail} alt="" />
          ) : (
            <span className={styles['blank']}>{photo.state.status === 'failed' && <AlertIcon />}</span>
          )}
          <span className={styles['name']}>{photo.file.name}</span>
          <span className={styles['summary']}>{summary(photo)}</span>
        </ListBoxItem>
      )}
    </ListBox>
  );
}

function summary({ state }: Photo): string {
  switch (state.status) {
    case 'waiting':
      return 'Waiting';
    case 'reading':
      return 'Reading…';
    case 'cancelled':
      return 'Not read';
    case 'failed':
      return wordError(state.error).title;
    case 'done': {
      const [first, ...others] = state.result.faces;
      if (!first) return 'No face found';
      return others.length === 0 ? headlineOf(first) : `${others.length + 1} faces`;
    }
  }
}
