import { pathOf } from '../../app/files/file-path';
import { Thumbnail, ThumbnailGrid } from '../shared/ThumbnailGrid';
import type { TileProps } from '../shared/WindowedGrid';
import { wordError } from '../../words/errors';
import type { Clip, ClipQueue, QueueAction } from '../../app/video/clip-queue';
import { t } from '../../words/i18n';

interface Props {
  readonly queue: ClipQueue;
  readonly dispatch: (action: QueueAction) => void;
}

export function ClipGrid({ queue, dispatch }: Props) {
  const select = (id: number) => dispatch({ type: 'select', id });
  return <ThumbnailGrid label={t('All videos')} items={queue.items} Tile={ClipTile} pathOf={({ file }) => pathOf(file)} selectedId={queue.selectedId} onSelect={select} />;
}

function ClipTile({ detail, option }: TileProps<Clip>) {
  const { file, thumbnail, state } = detail;
  return <Thumbnail name={pathOf(file)} picture={thumbnail} summarize={() => clipWords(detail)} failed={state.status === 'unreadable'} option={option} />;
}

/** A clip's status in a few words. */
function clipWords({ state }: Clip): string {
  switch (state.status) {
    case 'opening':
      return t('Opening…');
    case 'unreadable':
      return wordError(state.error).title;
    case 'ready':
      return t('Ready');
    case 'waiting':
      return t('Waiting');
    case 'analysing':
      return t('Being analysed');
    case 'ended':
      if (state.ending.how === 'failed') return wordError(state.ending.error).title;
      return state.ending.how === 'complete' ? t('Analysed') : t('Stopped early');
  }
}
