import { useEffect, useState } from 'react';
import { sessionVideo } from '../../session/session-videos';
import { formatBytes } from '../../words/format';
import { Button } from './Button';
import { DownloadIcon } from './icons';
import { saveFile } from '../../app/files/save-file';
import { t } from '../../words/i18n';

interface Props {
  /** Name of the file without its extension. */
  readonly stem: string;
  readonly video: Blob;
}

/** Saves a video that is there. */
export function VideoDownload({ stem, video }: Props) {
  const kind = video.type.replace('video/', '');
  const values = { format: kind === 'mp4' ? 'MP4' : 'WebM', size: formatBytes(video.size) };
  return (
    <Button variant="quiet" aria-label={t('Download video ({format}, {size})', values)} onPress={() => saveFile(video, `${stem}.${kind}`)}>
      <DownloadIcon />
      {t('Video ({format}, {size})', values)}
    </Button>
  );
}

/** Saves the video of a session; nothing where it has none. */
export function SessionVideoDownload({ sessionId, stem }: { readonly sessionId: string; readonly stem: string }) {
  const [video, setVideo] = useState<Blob | null>(null);
  useEffect(() => {
    let over = false;
    void sessionVideo(sessionId).then((found) => {
      if (!over) setVideo(found);
    });
    return () => {
      over = true;
      setVideo(null);
    };
  }, [sessionId]);
  return video && <VideoDownload stem={stem} video={video} />;
}
