import { useEffect, useState } from 'react';
import { sessionVideo } from '../../session/session-videos';

/** The video that is kept with a session; null where there is none, or none yet. */
export function useSessionVideo(sessionId: string): Blob | null {
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
  return video;
}
