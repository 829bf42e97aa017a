import { useEffect, useState } from 'react';
import { sessionVideo } from '../../session/session-videos';

/** Loads a session's stored video; null if there is none, or until it is loaded. */
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
