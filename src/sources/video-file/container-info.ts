import { MATROSKA, MP4, MPEG_TS, QTFF, WEBM, type Input, type InputFormat } from 'mediabunny';
import type { Size } from '../../engine/geometry';
import type { FileFacts, VideoContainer, VideoInfo } from '../video-file-source';
import { codecName } from './codec-names';
import type { Film } from './film-pieces';
import type { FrameIndex } from './frame-index';
import { otherTracks } from './other-tracks';
import type { ChosenTrack } from './picture-tracks';
import type { Salvaged } from './salvaged-file';

export const CONTAINERS = new Map<InputFormat, VideoContainer>([
  [MP4, 'mp4'],
  [QTFF, 'mov'],
  [WEBM, 'webm'],
  [MATROSKA, 'mkv'],
  [MPEG_TS, 'mpeg-ts'],
]);

interface Described extends Pick<Salvaged, 'cutShort' | 'beside'>, Film {
  readonly size: Size;
}

export async function describe(facts: FileFacts, input: Input, chosen: ChosenTrack, { indices, size, cutShort, editedAtMs, isSpliced, beside = [] }: Described): Promise<VideoInfo> {
  const { track, tracks, codec: { written, id } } = chosen;
  const [index] = indices;
  const frameCount = indices.reduce((sum, { count }) => sum + count, 0);
  const endMs = indices.at(-1)?.endMs ?? index.endMs;
  const rates = await track.computeFrameRateMetrics();
  return {
    ...facts,
    container: CONTAINERS.get(await input.getFormat()) ?? 'mp4',
    codec: (await track.getCodecParameterString()) ?? written ?? id,
    codecName: codecName(id),
    size,
    rotationDeg: await track.getRotation(),
    mirrored: await track.getFlip(),
    startMs: index.startMs,
    endMs,
    brokenOffAtMs: cutShort ? endMs : null,
    frameRate: usualRate(index, rates.bestGuessFrameRate),
    variableFrameRate: frameCount > 1 && !rates.frameRateIsConstant,
    frameCount,
    tracks,
    track: chosen.index,
    recordings: 1,
    ...(isSpliced && { isSpliced }),
    notRead: [
      ...otherTracks(chosen),
      ...beside.map(({ codec, program }) => ({ what: 'track' as const, atMs: null, detail: `${codec === '' ? 'unknown codec' : codecName(codec)}, program ${program}` })),
      ...(editedAtMs === null ? [] : [{ what: 'edits' as const, atMs: editedAtMs, detail: '' }]),
    ],
  };
}

/** Irregular frames mislead the guess. */
function usualRate({ count, intervalMs }: FrameIndex, guess: number): number {
  const median = 1000 / intervalMs;
  return count > 1 && guess <= 2 * median ? guess : median;
}
