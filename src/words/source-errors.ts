import type { Wordings } from './wording';
import { msg } from './i18n';

const UNREADABLE = {
  title: msg('The file can no longer be read'),
  advice: msg('It was moved, changed or deleted, is still being written, or its drive is gone. Choose it again.'),
} as const;

/** Files that are neither picture nor video. */
const STRANGE = {
  archive: {
    title: msg('This is an archive ({detail})'),
    advice: msg('Unpack it, and choose the files in it.'),
  },
  'web-page': {
    title: msg('This file holds a web page'),
    advice: msg('A server sent it in place of the file: an error, or a page to sign in. Open the address in the browser, and download the file again.'),
  },
  'resource-fork': {
    title: msg('This file holds only notes that macOS made'),
    advice: msg('macOS keeps them beside each file on other disks. Choose the file of the same name without “._”.'),
  },
} as const;

/** Errors of cameras, files, and data stored on the device. */
export const SOURCE_ERRORS: Wordings<'camera' | 'image' | 'video' | 'encoding' | 'storage' | 'session-file'> = {
  camera: {
    denied: {
      title: msg('The camera is blocked'),
      advice: msg('Allow the camera for this page in the address bar or in your browser’s site settings, then try again.'),
    },
    'blocked-by-policy': {
      title: msg('The camera is not allowed in this frame'),
      advice: msg('The page that embeds Mien does not pass the camera on. Open Mien in a tab of its own.'),
    },
    'not-found': {
      title: msg('No camera was found'),
      advice: msg('Connect a camera and try again, or read a photo instead.'),
    },
    'in-use': {
      title: msg('The camera is busy'),
      advice: msg('Close the other program or tab that uses it, then try again.'),
    },
    'over-constrained': {
      title: msg('This camera has no picture size that fits'),
      advice: msg('Choose another camera, or reset the camera in its own program, then try again.'),
    },
    'insecure-context': {
      title: msg('This page may not use the camera'),
      advice: msg('Browsers allow cameras only on secure pages. Open this page with https:// or on localhost.'),
    },
    unplugged: {
      title: msg('The camera was disconnected'),
      advice: msg('Connect it again, or choose another camera.'),
    },
    unsupported: {
      title: msg('This browser cannot use a camera'),
      advice: msg('Try a current version of Chrome, Edge, Firefox or Safari. Photos still work here.'),
    },
    unknown: {
      title: msg('The camera could not be started'),
      advice: msg('Try again. If the problem persists, reconnect the camera or restart the browser.'),
    },
  },
  image: {
    empty: {
      title: msg('This file is empty'),
      advice: msg('It holds no data. Copy or download the picture again.'),
    },
    'not-an-image': {
      title: msg('This is not a picture'),
      advice: msg('Choose a JPEG, PNG, WebP, AVIF, GIF, BMP or SVG file.'),
    },
    ...STRANGE,
    video: {
      title: msg('This is a video, not a picture'),
      advice: msg('Open it as a video, or choose a picture.'),
    },
    damaged: {
      title: msg('This picture is damaged'),
      advice: msg('Part of the file is missing or broken. Copy or download it again.'),
    },
    unreadable: UNREADABLE,
    'too-large': {
      title: msg('This picture is too large'),
      advice: msg('Reading it could exhaust your device’s memory. Make it smaller, 50 megapixels and 100 MB at most, and try again.'),
    },
    'too-small': {
      title: msg('This picture is too small'),
      advice: msg('There is no room for a face in it. Choose a picture of at least 32 × 32 pixels.'),
    },
    heic: {
      title: msg('HEIC pictures cannot be opened here'),
      advice:
        msg('Save it as JPEG first: on a Mac, open it in Preview and choose File › Export. On an iPhone, share it to Files with “Most Compatible”. In Windows Photos, choose Save as.'),
    },
    unsupported: {
      title: msg('Your browser cannot open this kind of picture'),
      advice: msg('Save it as JPEG or PNG and try again.'),
    },
    'cross-origin': {
      title: msg('This picture belongs to another site'),
      advice: msg('Its site does not allow others to read it. Save the picture and choose the file.'),
    },
    'not-ready': {
      title: msg('There is no picture yet'),
      advice: msg('Wait until the video shows its first picture, then try again.'),
    },
    'not-stored': {
      title: msg('Choose this photo again'),
      advice: msg('The page was closed before its file was stored in this browser. Choose the file or its folder again: what was read already is recognised.'),
    },
  },
  video: {
    empty: {
      title: msg('This file is empty'),
      advice: msg('It holds no data. Copy or download the video again.'),
    },
    'not-a-video': {
      title: msg('This is not a video that can be opened here'),
      advice: msg('Choose an MP4, MOV, WebM, MKV, MTS or AVI file.'),
    },
    ...STRANGE,
    picture: {
      title: msg('This is a picture, not a video'),
      advice: msg('Open it as a photo, or choose a video.'),
    },
    'container-unsupported': {
      title: msg('Mien cannot read {detail}'),
      advice: msg('Convert it to MP4, for example with FFmpeg: ffmpeg -i input -c:v libx264 -pix_fmt yuv420p output.mp4'),
    },
    'no-picture': {
      title: msg('This file has no video track'),
      advice: msg('Choose a video file.'),
    },
    damaged: {
      title: msg('This video is damaged'),
      advice: msg('Part of the file is missing or broken. Copy or download it again, or repair it with a video tool.'),
    },
    'no-index': {
      title: msg('This recording was never finished'),
      advice: msg('The index that an MP4 gets at its end (moov) is missing, so nothing in it can be found. Record again, or repair it with a tool such as untrunc.'),
    },
    'no-frames': {
      title: msg('This video holds no pictures'),
      advice: msg('The recording ended before its first picture, or only the beginning of the file was copied. Copy or download it again.'),
    },
    encrypted: {
      title: msg('This video is encrypted'),
      advice: msg('Only its provider’s own player can show it (DRM). Choose a copy without protection.'),
    },
    unreadable: UNREADABLE,
    'codec-unsupported': {
      title: msg('This browser cannot decode {detail}'),
      advice: msg('Convert the file to 8-bit H.264, for example with FFmpeg: ffmpeg -i input -c:v libx264 -pix_fmt yuv420p output.mp4 – or, if it is that already, open it in Chrome, Edge or Safari.'),
    },
    'no-webcodecs': {
      title: msg('Video files cannot be decoded here'),
      advice: msg('Use a current version of Chrome, Edge, Firefox or Safari, and open this page with https:// or on localhost.'),
    },
    'nothing-in-range': {
      title: msg('There is no picture in this part of the video'),
      advice: msg('Choose another part and analyse it again.'),
    },
  },
  encoding: {
    'no-webcodecs': {
      title: msg('This browser cannot write videos'),
      advice: msg('Use a current version of Chrome, Edge, Firefox or Safari, and open this page with https:// or on localhost.'),
    },
    'no-codec': {
      title: msg('This browser cannot write this kind of video'),
      advice: msg('Choose the other format, MP4 or WebM.'),
    },
    'disk-full': {
      title: msg('There is no room for more video'),
      advice: msg('What was written until then is kept. Delete sessions that you no longer need, or free space on this device.'),
    },
    failed: {
      title: msg('The video could not be written any further'),
      advice: msg('What was written until then is kept. Try again, or choose the other format.'),
    },
    'nothing-written': {
      title: msg('There is no video'),
      advice: msg('It ended before its first picture. Try again.'),
    },
  },
  storage: {
    denied: {
      title: msg('This browser does not let the page keep anything'),
      advice: msg('Private windows and strict settings forbid it. Allow this site to store data, or download what you want to keep before you close the page.'),
    },
    full: {
      title: msg('There is no room on this device for more'),
      advice: msg('Delete sessions, models or data sets that you no longer need, or free space on this device. Until then, download what you want to keep.'),
    },
    blocked: {
      title: msg('Another tab keeps this device’s storage locked'),
      advice: msg('Mien is open in another tab with an older version. Close or reload that tab, then try again.'),
    },
    outdated: {
      title: msg('Mien was updated in another tab'),
      advice: msg('This tab can no longer reach what is kept on this device. Download what is being recorded here, then reload the page.'),
    },
    damaged: {
      title: msg('This session is damaged'),
      advice: msg('It can no longer be read. Delete it.'),
    },
    missing: {
      title: msg('It is no longer there'),
      advice: msg('It was deleted, perhaps in another tab.'),
    },
    failed: {
      title: msg('This device’s storage could not be used'),
      advice: msg('Try again. If the problem persists, reload the page. Private windows of some browsers keep nothing of this kind.'),
    },
  },
  'session-file': {
    'not-json': {
      title: msg('This file is not a session'),
      advice: msg('Choose a JSON file that Mien wrote of a video or a webcam recording.'),
    },
    foreign: {
      title: msg('This JSON was not written by Mien'),
      advice: msg('It has no list of results as a session has. Choose the JSON of a video or a webcam recording.'),
    },
    pictures: {
      title: msg('This file holds results of pictures'),
      advice: msg('The Library opens recordings and analysed videos. To see pictures again, open the pictures themselves in Read.'),
    },
    'too-many-markers': {
      title: msg('This session has {detail} markers, which are too many'),
      advice: msg('At most 100,000 can be opened. Take some out of the file, then open it again.'),
    },
    damaged: {
      title: msg('This session’s file is damaged at {detail}'),
      advice: msg('It was cut short or changed there. Get the file once more from where it came from, or mend it there.'),
    },
  },
};
