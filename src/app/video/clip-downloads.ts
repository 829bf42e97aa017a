import { gatherBlob } from '../../export/gathered-blob';
import { sessionCsvParts } from '../../export/session-csv';
import { sessionJsonParts } from '../../export/session-record';
import { annotateVideo, type AnnotatedVideo } from '../../export/video/annotate-video';
import type { VideoFormat } from '../../export/video/recording-options';
import { openVideo } from '../../sources/open-video';
import { readSamples } from '../../sources/video-file-source';
import { stemOfPath } from '../../export/file-names';
import { saveFile } from '../files/save-file';
import { pathOf } from '../files/file-path';
import type { ClipAnalysis } from './clip-analysis';
import { overlayFacesAt } from './overlay-faces';

const FALLBACK_NAME = 'video';
/** Only now has the browser certainly read a download: see `saveFile`. */
const RELEASE_MS = 60_000;

/** Saves everything that was read in a clip. */
export async function downloadRecord(analysis: ClipAnalysis, fileName: string, kind: 'json' | 'csv'): Promise<void> {
  const info = analysis.session('complete');
  if (!info) return;
  const parts = kind === 'json' ? sessionJsonParts(info, analysis.store) : sessionCsvParts(info, analysis.store);
  const type = kind === 'json' ? 'application/json' : 'text/csv';
  saveFile(await gatherBlob(parts, `${type};charset=utf-8`), `${stemOfPath(fileName, FALLBACK_NAME)}.${kind}`);
}

export interface AnnotatingOptions {
  readonly format: VideoFormat;
  /** Draws where heads face. */
  readonly pose: boolean;
  readonly signal: AbortSignal;
  /** The share (0–1) that is written. */
  readonly onProgress: (share: number) => void;
}

/**
 * Decodes the analysed part once more and saves it with what was read drawn over it.
 *
 * @returns what became of its sound.
 * @throws MienError of kind `video` or `encoding`; the signal's reason.
 */
export async function downloadAnnotated(file: File, analysis: ClipAnalysis, options: AnnotatingOptions): Promise<AnnotatedVideo['audio']> {
  const { format, pose, signal, onProgress } = options;
  const { fromMs, toMs } = analysis.wish;
  const source = await openVideo(file);
  try {
    const { info } = source;
    const written = await annotateVideo({
      frames: readSamples(source.frames({ framesPerSecond: 'every', fromMs, toMs }, { signal })),
      size: info.size,
      frameRate: info.frameRate,
      format,
      fromMs,
      facesAt: (timestampMs) => overlayFacesAt(analysis, timestampMs),
      overlay: { pose },
      audio: { file, fromMs, toMs },
      signal,
      onProgress: (timestampMs) => onProgress((timestampMs - fromMs) / Math.max(1, toMs - fromMs)),
    });
    saveFile(written.video, `${stemOfPath(pathOf(file), FALLBACK_NAME)}-mien.${format}`);
    setTimeout(() => void written.release(), RELEASE_MS);
    return written.audio;
  } finally {
    source.close();
  }
}
