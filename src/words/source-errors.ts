import { DETAIL, type Wordings } from './wording';

/** What can go wrong with cameras, files, and what is kept on the device. */
export const SOURCE_ERRORS: Wordings<'camera' | 'image' | 'video' | 'encoding' | 'storage' | 'session-file'> = {
  camera: {
    denied: {
      title: 'The camera is blocked',
      advice: 'Allow the camera for this page in the address bar or in your browser’s site settings, then try again.',
    },
    'blocked-by-policy': {
      title: 'The camera is not allowed in this frame',
      advice: 'The page that embeds Mien does not pass the camera on. Open Mien in a tab of its own.',
    },
    'not-found': {
      title: 'No camera was found',
      advice: 'Connect a camera and try again, or read a photo instead.',
    },
    'in-use': {
      title: 'The camera is busy',
      advice: 'Close the other program or tab that uses it, then try again.',
    },
    'over-constrained': {
      title: 'This camera has no picture size that fits',
      advice: 'Choose another camera, or reset the camera in its own program, then try again.',
    },
    'insecure-context': {
      title: 'This page may not use the camera',
      advice: 'Browsers allow cameras only on secure pages. Open this page with https:// or on localhost.',
    },
    unplugged: {
      title: 'The camera was disconnected',
      advice: 'Connect it again, or choose another camera.',
    },
    unsupported: {
      title: 'This browser cannot use a camera',
      advice: 'Try a current version of Chrome, Edge, Firefox or Safari. Photos still work here.',
    },
    unknown: {
      title: 'The camera could not be started',
      advice: 'Try again. If the problem persists, reconnect the camera or restart the browser.',
    },
  },
  image: {
    empty: {
      title: 'This file is empty',
      advice: 'It holds no data. Copy or download the picture again.',
    },
    'not-an-image': {
      title: 'This is not a picture',
      advice: 'Choose a JPEG, PNG, WebP, AVIF, GIF, BMP or SVG file.',
    },
    damaged: {
      title: 'This picture is damaged',
      advice: 'Part of the file is missing or broken. Copy or download it again.',
    },
    'too-large': {
      title: 'This picture is too large',
      advice: 'Reading it could exhaust your device’s memory. Make it smaller, up to 50 megapixels and 100 MB, and try again.',
    },
    'too-small': {
      title: 'This picture is too small',
      advice: 'There is no room for a face in it. Choose a picture of at least 32 × 32 pixels.',
    },
    heic: {
      title: 'HEIC pictures cannot be opened here',
      advice:
        'Save it as JPEG first: on a Mac, open it in Preview and choose File › Export. On an iPhone, share it to Files with “Most Compatible”. In Windows Photos, choose Save as.',
    },
    unsupported: {
      title: 'Your browser cannot open this kind of picture',
      advice: 'Save it as JPEG or PNG and try again.',
    },
    'cross-origin': {
      title: 'This picture belongs to another site',
      advice: 'Its site does not allow others to read it. Save the picture and choose the file.',
    },
    'not-ready': {
      title: 'There is no picture yet',
      advice: 'Wait until the video shows its first picture, then try again.',
    },
  },
  video: {
    empty: {
      title: 'This file is empty',
      advice: 'It holds no data. Copy or download the video again.',
    },
    'not-a-video': {
      title: 'This is not a video that can be opened here',
      advice: 'Choose an MP4, MOV, WebM, MKV, MTS or AVI file.',
    },
    'no-picture': {
      title: 'This file has sound but no picture',
      advice: 'Choose a video file.',
    },
    damaged: {
      title: 'This video is damaged',
      advice: 'Part of the file is missing or broken. Copy or download it again, or repair it with a video tool.',
    },
    'no-index': {
      title: 'This recording was never finished',
      advice: 'The index that an MP4 gets at its end (moov) is missing, so nothing in it can be found. Record again, or repair it with a tool such as untrunc.',
    },
    unreadable: {
      title: 'The file can no longer be read',
      advice: 'It was moved, changed or deleted, or its drive is gone. Choose it again.',
    },
    'codec-unsupported': {
      title: `This browser cannot decode ${DETAIL}`,
      advice: 'Convert the file to H.264, for example with FFmpeg: ffmpeg -i input -c:v libx264 -pix_fmt yuv420p output.mp4',
    },
    'no-webcodecs': {
      title: 'Video files cannot be decoded here',
      advice: 'Use a current version of Chrome, Edge, Firefox or Safari, and open this page with https:// or on localhost.',
    },
    'nothing-in-range': {
      title: 'There is no picture in this part of the video',
      advice: 'Choose another part and analyse it again.',
    },
  },
  encoding: {
    'no-webcodecs': {
      title: 'This browser cannot write videos',
      advice: 'Use a current version of Chrome, Edge, Firefox or Safari, and open this page with https:// or on localhost.',
    },
    'no-codec': {
      title: 'This browser cannot write this kind of video',
      advice: 'Choose the other format, MP4 or WebM.',
    },
    'disk-full': {
      title: 'There is no room for more video',
      advice: 'What was written until then is kept. Delete sessions that you no longer need, or free space on this device.',
    },
    failed: {
      title: 'The video could not be written any further',
      advice: 'What was written until then is kept. Try again, or choose the other format.',
    },
    'nothing-written': {
      title: 'There is no video',
      advice: 'It ended before its first picture. Try again.',
    },
  },
  storage: {
    denied: {
      title: 'This browser does not let the page keep sessions',
      advice: 'Private windows and strict settings forbid it. Allow this site to store data, or download the session as a file before you close the page.',
    },
    full: {
      title: 'There is no room for more sessions',
      advice: 'Delete sessions that you no longer need, or free space on this device. Until then, download what you want to keep.',
    },
    blocked: {
      title: 'Another tab keeps the sessions locked',
      advice: 'Mien is open in another tab with an older version. Close or reload that tab, then try again.',
    },
    outdated: {
      title: 'Mien was updated in another tab',
      advice: 'This tab can no longer reach the sessions. Download what is being recorded here, then reload the page.',
    },
    damaged: {
      title: 'This session is damaged',
      advice: 'It cannot be read any more. Delete it.',
    },
    missing: {
      title: 'This session is no longer there',
      advice: 'It was deleted, perhaps in another tab.',
    },
    failed: {
      title: 'The sessions could not be reached',
      advice: 'Try again. If the problem persists, reload the page.',
    },
  },
  'session-file': {
    'not-json': {
      title: 'This file is not a session',
      advice: 'Choose a JSON file that Mien wrote of a video or a webcam recording.',
    },
    foreign: {
      title: 'This JSON was not written by Mien',
      advice: 'It has no list of results as a session has. Choose the JSON of a video or a webcam recording.',
    },
    pictures: {
      title: 'This file holds results of pictures',
      advice: 'The Library opens recordings and analysed videos. To see pictures again, open the pictures themselves in Read.',
    },
    damaged: {
      title: 'This session’s file is damaged at {detail}',
      advice: 'It was cut short or changed there. Get the file once more from where it came from, or mend it there.',
    },
  },
};
