/** MP4 holds H.264; WebM holds VP9, VP8 or AV1, depending on the browser. `writableFormats` lists the supported formats. */
export const VIDEO_FORMATS = ['mp4', 'webm'] as const;
export type VideoFormat = (typeof VIDEO_FORMATS)[number];

/** Content of a recorded video: the camera image only, with its overlay, or with overlay and every face masked. */
export const RECORDING_LOOKS = ['plain', 'overlay', 'faceless'] as const;
export type RecordingLook = (typeof RECORDING_LOOKS)[number];
