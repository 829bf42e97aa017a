/** MP4 holds H.264; WebM VP9, VP8 or AV1, whichever this browser encodes. `writableFormats` tells which can be written. */
export const VIDEO_FORMATS = ['mp4', 'webm'] as const;
export type VideoFormat = (typeof VIDEO_FORMATS)[number];

/** What a recording shows: the camera alone; with what is read in the faces; or that, with every face masked. */
export const RECORDING_LOOKS = ['plain', 'overlay', 'faceless'] as const;
export type RecordingLook = (typeof RECORDING_LOOKS)[number];
