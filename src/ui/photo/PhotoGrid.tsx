import { ThumbnailGrid, type Marking } from '../shared/ThumbnailGrid';
import { wordError } from '../../words/errors';
import { headlineOf } from '../../words/face';
import type { Photo, QueueAction } from '../../app/photo/photo-queue';
import { t } from '../../words/i18n';

interface Props {
  readonly photos: readonly Photo[];
  readonly selectedId: number | null;
  readonly dispatch: (action: QueueAction) => void;
  readonly marking: Marking;
}

export function PhotoGrid({ photos, selectedId, dispatch, marking }: Props) {
  const select = (id: number) => dispatch({ type: 'select', id });
  return <ThumbnailGrid label={t('All photos')} items={photos} describe={describe} selectedId={selectedId} onSelect={select} inFolders={photos.some(({ name }) => name.includes('/'))} marking={marking} />;
}

function describe(photo: Photo) {
  const { name, thumbnail, state } = photo;
  return { name, picture: thumbnail?.url ?? null, summary: summary(photo), failed: state.status === 'failed' };
}

function summary({ state }: Photo): string {
  switch (state.status) {
    case 'waiting':
      return t('Waiting');
    case 'reading':
      return t('Reading…');
    case 'cancelled':
      return t('Not read');
    case 'failed':
      return wordError(state.error).title;
    case 'done': {
      const [first, ...others] = state.result.faces;
      if (!first) return t('No face found');
      return others.length === 0 ? headlineOf(first) : t('{count, plural, one {# face} other {# faces}}', { count: others.length + 1 });
    }
  }
}
