import { photoSession } from '../../app/photo/photo-session';
import type { PhotoQueue } from '../../app/photo/photo-queue';
import { AddFiles } from '../read/AddFiles';
import { PhotoDetail } from './PhotoDetail';
import { PhotoGrid } from './PhotoGrid';
import { PhotoToolbar } from './PhotoToolbar';

const { dispatch } = photoSession;

interface Props {
  readonly queue: PhotoQueue;
  /** Files of any kind, to join what is there. */
  readonly onFiles: (files: readonly File[]) => void;
}

/** All photos, and one of them whole. */
export function PhotoView({ queue, onFiles }: Props) {
  const selected = queue.items.find((p) => p.id === queue.selectedId) ?? null;
  return (
    <>
      <PhotoToolbar queue={queue} dispatch={dispatch}>
        <AddFiles onFiles={onFiles} />
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
  );
}
