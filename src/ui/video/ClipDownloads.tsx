import { useEffect, useRef, useState } from 'react';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { MienError } from '../../engine/errors';
import { VIDEO_FORMATS, type VideoFormat } from '../../export/video/recording-options';
import { useSettings } from '../use-settings';
import { Button } from '../shared/Button';
import { Downloads } from '../shared/Downloads';
import { Message } from '../shared/Message';
import { PrintReport } from '../shared/PrintReport';
import { t } from '../../words/i18n';
import { formatPercent } from '../../words/format';
import progressStyles from './AnalysisProgress.module.css';
import styles from './ClipDownloads.module.css';
import type { ClipAnalysis } from '../../app/video/clip-analysis';
import { downloadAnnotated, downloadRecord } from '../../app/video/clip-downloads';

function savedNote(audio: Awaited<ReturnType<typeof downloadAnnotated>>, format: VideoFormat): string {
  if (audio === 'joined') return t('The video was saved without its sound, which the file holds in several recordings.');
  if (audio === 'spliced') return t('The video was saved without its sound, which the file’s edit list divides into pieces.');
  if (audio === 'left-out') return t('The video was saved without its sound, which {format} cannot hold. Try the other kind.', { format: format.toUpperCase() });
  return t('The video was saved.');
}

interface Props {
  readonly file: File;
  /** Name of the files, without extension. */
  readonly stem: string;
  readonly analysis: ClipAnalysis;
  /** True if the report shows a picture. */
  readonly hasPicture: boolean;
}

/** The file being written and its progress. */
interface Writing {
  readonly format: VideoFormat;
  readonly share: number;
}

/** Downloads of the results, including the clip with boxes drawn in. */
export function ClipDownloads({ file, stem, analysis, hasPicture }: Props) {
  const [error, setError] = useState<MienError | null>(null);
  const [note, setNote] = useState('');
  const [writing, setWriting] = useState<Writing | null>(null);
  const [{ showHeadPose: pose, csvForExcel: byteOrderMark }] = useSettings();
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const record = (kind: 'json' | 'csv') => {
    setError(null);
    downloadRecord(analysis, stem, kind, { byteOrderMark }).catch((thrown: unknown) => setError(MienError.from(thrown)));
  };
  const video = async (format: VideoFormat) => {
    setError(null);
    setNote('');
    const own = new AbortController();
    abort.current = own;
    setWriting({ format, share: 0 });
    try {
      const audio = await downloadAnnotated(file, stem, analysis, {
        format,
        pose,
        signal: own.signal,
        onProgress: (share) => setWriting({ format, share }),
      });
      setNote(savedNote(audio, format));
    } catch (thrown) {
      if (!own.signal.aborted) setError(MienError.from(thrown));
    }
    setWriting(null);
  };

  return (
    <div className={styles['downloads']} data-unprinted>
      <div className={styles['row']}>
        <Downloads
          label={t('Download the results')}
          groups={[
            {
              choices: [
                { id: 'json', kind: 'JSON', name: t('Download JSON'), onSave: () => record('json') },
                { id: 'csv', kind: 'CSV', name: t('Download CSV'), onSave: () => record('csv') },
                ...VIDEO_FORMATS.map((format) => ({
                  id: format,
                  kind: format === 'mp4' ? 'MP4' : 'WebM',
                  name: t('Download video with boxes, {format}', { format: format.toUpperCase() }),
                  isDisabled: writing !== null,
                  onSave: () => void video(format),
                })),
              ],
            },
          ]}
          forExcel
        />
        <PrintReport words={t('Print a report')} hasPictures={hasPicture} onPrint={() => print()} />
      </div>
      {writing && (
        <div className={styles['writing']}>
          <ProgressBar className={progressStyles['bar'] ?? ''} aria-label={t('Video written')} value={writing.share} maxValue={1}>
            <div className={progressStyles['fill']} style={{ transform: `scaleX(${writing.share})` }} />
          </ProgressBar>
          <p>{t('Writing the video with boxes: {share}', { share: formatPercent(Math.floor(writing.share * 100) / 100, 0) })}</p>
          <Button variant="quiet" onPress={() => abort.current?.abort()}>
            {t('Cancel')}
          </Button>
        </div>
      )}
      {note !== '' && <p role="status">{note}</p>}
      {error && <Message error={error} />}
    </div>
  );
}
