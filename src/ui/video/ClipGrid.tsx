import { pathOf } from '../../app/files/file-path';
import { ThumbnailGrid } from '../shared/ThumbnailGrid';
import { wordError } from '../../words/errors';
import type { Clip, ClipQueue, QueueAction } from '../../app/video/clip-queue';
import { t } from '../../words/i18n';

interface Props {
  readonly queue: ClipQueue;
  readonly dispatch: (action: QueueAction) => void;
}

export function ClipGrid({ queue, dispatch }: Props) {
  const select = (id: number) => dispatch({ type: 'select', id });
  return <ThumbnailGrid label={t('All videos')} items={queue.items} describe={describe} selectedId={queue.selectedId} onSelect={select} />;
}

function describe(clip: Clip) {
  const { file, thumbnail: picture, state } = clip;
  return { name: pathOf(file), picture, summary: clipWords(clip), failed: state.status === 'unreadable' };
}

/** How a clip is, in a few words. */
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
