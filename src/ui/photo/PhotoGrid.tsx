import { ThumbnailGrid } from '../shared/ThumbnailGrid';
import { wordError } from '../../words/errors';
import { headlineOf } from '../../words/face';
import type { Photo, QueueAction } from '../../app/photo/photo-queue';

interface Props {
  readonly photos: readonly Photo[];
  readonly selectedId: number | null;
  readonly dispatch: (action: QueueAction) => void;
}

export function PhotoGrid({ photos, selectedId, dispatch }: Props) {
  const select = (id: number) => dispatch({ type: 'select', id });
  return <ThumbnailGrid label="All photos" items={photos} describe={describe} selectedId={selectedId} onSelect={select} />;
}

function describe(photo: Photo) {
  const { name, thumbnail: picture, state } = photo;
  return { name, picture, summary: summary(photo), failed: state.status === 'failed' };
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
