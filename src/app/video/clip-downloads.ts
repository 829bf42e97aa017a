import type { CsvOptions } from '../../export/csv';
import { stemOfPath, uniqueStems } from '../../export/file-names';
import { annotateVideo, type AnnotatedVideo } from '../../export/video/annotate-video';
import type { VideoFormat } from '../../export/video/recording-options';
import { soundParts, type DividedSound } from '../../sources/sound-parts';
import { readSamples } from '../../sources/video-file-source';
import type { SizedSession } from '../files/bundle-file';
import { sessionFile, type SessionFileKind } from '../files/session-file';
import { saveFile } from '../files/save-file';
import { pathOf } from '../files/file-path';
import type { ClipAnalysis } from './clip-analysis';
import type { Clip } from './clip-queue';
import { overlayFacesAt } from './overlay-faces';

const FALLBACK_NAME = 'video';
/** Delay until the browser has certainly read a download: see `saveFile`. */
const RELEASE_MS = 60_000;

/**
 * Downloads the results of a clip.
 *
 * @param stem file name without extension.
 */
export async function downloadRecord(analysis: ClipAnalysis, stem: string, kind: SessionFileKind, { byteOrderMark }: CsvOptions): Promise<void> {
  const info = analysis.session();
  if (info) saveFile(await sessionFile(info, analysis.store, kind, { byteOrderMark }), `${stem}.${kind}`);
}

/** Unique file names of the clips, without extension, in order. */
export function clipStems(clips: readonly Clip[]): readonly string[] {
  return uniqueStems(clips.map(({ file }) => stemOfPath(pathOf(file), FALLBACK_NAME)));
}

/** The analysed clips, for a combined export. */
export function analysedClips(clips: readonly Clip[]): readonly SizedSession[] {
  const stems = clipStems(clips);
  return clips.flatMap(({ state }, i) => {
    if (state.status !== 'ended') return [];
    const { analysis } = state;
    const info = analysis.session();
    if (!info) return [];
    const { store } = analysis;
    const relative = analysis.people.assignment.hasBaselines;
    return [{ stem: stems[i] ?? FALLBACK_NAME, relative, samples: store.getSnapshot().frames, load: () => Promise.resolve({ info, store }) }];
  });
}

export interface AnnotatingOptions {
  readonly format: VideoFormat;
  /** Draws head axes. */
  readonly pose: boolean;
  readonly signal: AbortSignal;
  /** Called with the share written (0–1). */
  readonly onProgress: (share: number) => void;
}

/**
 * Decodes the analysed part again and downloads it with the results drawn over it.
 *
 * @returns the outcome of copying the sound, or why it was left out.
 * @throws MienError of kind `video` or `encoding`; the signal's reason.
 */
export async function downloadAnnotated(file: File, stem: string, analysis: ClipAnalysis, options: AnnotatingOptions): Promise<AnnotatedVideo['audio'] | DividedSound> {
  const { format, pose, signal, onProgress } = options;
  const { fromMs, toMs } = analysis.wish;
  const source = await analysis.open();
  try {
    const { info } = source;
    const parts = await soundParts(file, info);
    const written = await annotateVideo({
      frames: readSamples(source.frames({ framesPerSecond: 'every', fromMs, toMs }, { signal })),
      size: info.size,
      frameRate: info.frameRate,
      format,
      fromMs,
      facesAt: (timestampMs) => overlayFacesAt(analysis, timestampMs),
      overlay: { pose },
      audio: typeof parts === 'string' ? null : { parts, fromMs, toMs },
      signal,
      onProgress: (timestampMs) => onProgress((timestampMs - fromMs) / Math.max(1, toMs - fromMs)),
    });
    saveFile(written.video, `${stem}-mien.${format}`);
    setTimeout(() => void written.release(), RELEASE_MS);
    return typeof parts === 'string' ? parts : written.audio;
  } finally {
    source.close();
  }
}
