import { Thumbnail, ThumbnailGrid, type Marking } from '../shared/ThumbnailGrid';
import type { TileProps } from '../shared/WindowedGrid';
import { wordError } from '../../words/errors';
import { headlineOf } from '../../words/face';
import type { Photo, QueueAction } from '../../app/photo/photo-queue';
import { t } from '../../words/i18n';

interface Props {
  readonly photos: readonly Photo[];
  readonly selectedId: number | null;
  readonly dispatch: (action: QueueAction) => void;
  readonly onPick: () => void;
  readonly marking: Marking;
}

export function PhotoGrid({ photos, selectedId, dispatch, onPick, marking }: Props) {
  const select = (id: number) => dispatch({ type: 'select', id });
  return <ThumbnailGrid label={t('All photos')} items={photos} Tile={PhotoTile} pathOf={({ name }) => name} selectedId={selectedId} onSelect={select} onPick={onPick} marking={marking} />;
}

function PhotoTile({ detail, option }: TileProps<Photo>) {
  const { name, thumbnail, state } = detail;
  return <Thumbnail name={name} picture={thumbnail?.url ?? null} summarize={() => summary(detail)} failed={state.status === 'failed'} option={option} />;
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
