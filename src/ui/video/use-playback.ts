import { useCallback, useState, useSyncExternalStore, type RefCallback } from 'react';
import { openVideo } from '../../sources/open-video';
import { DecodedPlayback } from '../../app/video/decoded-playback';
import { ElementPlayback, type Playback } from '../../app/video/playback';
import type { VideoContainer, VideoInfo } from '../../sources/video-file-source';

/** `element`: the browser's player. `decoded`: frames decoded and drawn by the app, for files that the player cannot play. `none`: neither works. */
export type PlaybackKind = 'element' | 'decoded' | 'none';

export interface ClipPlayback {
  readonly kind: PlaybackKind;
  readonly playback: Playback | null;
  readonly video: RefCallback<HTMLVideoElement>;
  readonly canvas: RefCallback<HTMLCanvasElement>;
}

/** Containers that video players may not support, with the MIME type to query; null: never supported. */
const DOUBTFUL: Readonly<Partial<Record<VideoContainer, string | null>>> = { 'mpeg-ts': 'video/mp2t', avi: 'video/x-msvideo', gif: null, webp: null, png: null, avif: null };

/** Properties of a file that are known before playback. */
export type Playable = Pick<VideoInfo, 'track' | 'recordings' | 'isSpliced' | 'startMs'> & { readonly container: VideoContainer | null };

/** Decided beforehand, so that the layout does not shift when the player fails. Browsers play the first track of the first recording from 0 on, and spliced pieces a frame early. */
function isPlayed({ container, track, recordings, startMs, isSpliced = false }: Playable): boolean {
  if (track > 0 || recordings > 1 || isSpliced || startMs < 0) return false;
  const type = container === null ? undefined : DOUBTFUL[container];
  return type === undefined || (type !== null && document.createElement('video').canPlayType(type) !== '');
}

/** Playback of a file, in the browser's player if it can show the file. */
export function usePlayback(file: File, playable: Playable): ClipPlayback {
  const { track } = playable;
  const [kind, setKind] = useState<PlaybackKind>(() => (isPlayed(playable) ? 'element' : 'decoded'));
  const [playback, setPlayback] = useState<Playback | null>(null);

  const video = useCallback(
    (element: HTMLVideoElement) => {
      const end = new AbortController();
      const { signal } = end;
      const url = URL.createObjectURL(file);
      const own = new ElementPlayback(element);
      setPlayback(own);
      element.addEventListener('error', () => setKind('decoded'), { signal });
      // Some files play sound without a picture.
      const check = () => {
        if (element.videoWidth === 0) setKind('decoded');
      };
      element.addEventListener('loadedmetadata', check, { signal });
      element.src = url;
      return () => {
        end.abort();
        own.dispose();
        setPlayback(null);
        element.removeAttribute('src');
        element.load();
        URL.revokeObjectURL(url);
      };
    },
    [file],
  );

  const canvas = useCallback(
    (element: HTMLCanvasElement) => {
      let own: Playback | null = null;
      let over = false;
      openVideo(file, track > 0 ? { track } : {}).then(
        (source) => {
          if (over) return source.close();
          own = new DecodedPlayback(source, element);
          setPlayback(own);
        },
        () => {
          if (!over) setKind('none');
        },
      );
      return () => {
        over = true;
        own?.dispose();
        setPlayback(null);
      };
    },
    [file, track],
  );

  return { kind, playback, video, canvas };
}

const NEVER = () => undefined;

/** A property of a playback; re-renders the component whenever it changes. */
export function usePlaybackState<T extends string | number | boolean | null>(playback: Playback | null, read: (playback: Playback) => T, otherwise: T): T {
  return useSyncExternalStore((listener) => playback?.subscribe(listener) ?? NEVER, () => (playback ? read(playback) : otherwise));
}
