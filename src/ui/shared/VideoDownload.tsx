import { useEffect, useState } from 'react';
import { sessionVideo } from '../../session/session-videos';
import { formatBytes } from '../../words/format';
import { Button } from './Button';
import { DownloadIcon } from './icons';
import { saveFile } from '../../app/files/save-file';
import { sessionFileName } from '../../app/files/session-file';

interface Props {
  /** What the file is named after. */
  readonly name: string;
  readonly video: Blob;
}

/** Saves a video that is there. */
export function VideoDownload({ name, video }: Props) {
  const kind = video.type.replace('video/', '');
  const words = `(${kind === 'mp4' ? 'MP4' : 'WebM'}, ${formatBytes(video.size)})`;
  return (
    <Button variant="quiet" aria-label={`Download video ${words}`} onPress={() => saveFile(video, sessionFileName(name, kind))}>
      <DownloadIcon />
      Video {words}
    </Button>
  );
}

/** Saves the video of a session; nothing where it has none. */
export function SessionVideoDownload({ sessionId, name }: { readonly sessionId: string; readonly name: string }) {
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
  return video && <VideoDownload name={name} video={video} />;
}
