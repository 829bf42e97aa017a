/** MP4 holds H.264; WebM VP9, VP8 or AV1, whichever this browser encodes. `writableFormats` tells which can be written. */
export const VIDEO_FORMATS = ['mp4', 'webm'] as const;
export type VideoFormat = (typeof VIDEO_FORMATS)[number];

/** Content of a recorded video: the camera alone; with its overlay; or with overlay and every face masked. */
export const RECORDING_LOOKS = ['plain', 'overlay', 'faceless'] as const;
export type RecordingLook = (typeof RECORDING_LOOKS)[number];
