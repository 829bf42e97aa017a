import { expect, it } from 'vitest';
import { keepPath } from './file-path';
import { sortedByContent, sortFiles } from './sort-files';

function inFolder(path: string, type = ''): File {
  const file = new File(['x'], path.split('/').at(-1) ?? '', { type });
  keepPath(file, path);
  return file;
}

const namesOf = (files: readonly File[]) => files.map(({ name }) => name);

it('sorts a folder into photos, videos and other files', () => {
  const { photos, videos, passedOver } = sortFiles([
    ...[inFolder('study/P01/webcam.mp4', 'video/mp4'), inFolder('study/P01/webcam.mkv'), inFolder('study/P01/camera.MTS', 'model/vnd.mts')],
    ...[inFolder('study/notes.txt', 'text/plain'), inFolder('study/P01/face.png', 'image/png'), inFolder('study/1.HEIC'), inFolder('study/scan', 'image/png'), inFolder('study/DSC_1.NEF'), inFolder('study/layers.psd')],
  ]);
  expect(namesOf(photos)).toEqual(['face.png', '1.HEIC', 'scan', 'DSC_1.NEF', 'layers.psd']);
  expect(namesOf(videos)).toEqual(['webcam.mp4', 'webcam.mkv', 'camera.MTS']);
  expect(namesOf(passedOver)).toEqual(['notes.txt']);
});

it('skips no individually chosen file', () => {
  const { photos, videos, passedOver } = sortFiles([new File(['x'], 'odd-name'), new File(['x'], 'clip.mov'), new File(['x'], 'notes.txt', { type: 'text/plain' })]);
  expect(namesOf(photos)).toEqual(['odd-name', 'notes.txt']);
  expect(namesOf(videos)).toEqual(['clip.mov']);
  expect(passedOver).toEqual([]);
});

it('treats any film as a video, including ones that cannot be decoded, and single sound files, so that the error names their format', () => {
  const files = ['old.flv', 'old.wmv', 'tape.mpg', 'disc.VOB', 'free.ogv'].map((name) => new File(['x'], name));
  const sound = new File(['x'], 'talk.mp3', { type: 'audio/mpeg' });
  expect(sortFiles([...files, sound]).videos).toEqual([...files, sound]);
  expect(namesOf(sortFiles([inFolder('study/talk.mp3', 'audio/mpeg')]).passedOver)).toEqual(['talk.mp3']);
});

const MP4 = [Uint8Array.of(0, 0, 0, 0x20), 'ftypisom'];
const PNG = [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), new Uint8Array(30)];
const RESOURCE_FORK = [Uint8Array.of(0, 5, 0x16, 7, 0, 2, 0, 0), 'Mac OS X'];

it('goes by content rather than name', async () => {
  const film = new File(MP4, 'VID_0001');
  const odd = new File(['x'], 'odd-name');
  const filmNamedPhoto = new File(MP4, 'a.jpg', { type: 'image/jpeg' });
  const photo = new File([Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)], 'b.jpg', { type: 'image/jpeg' });
  const photoNamedFilm = new File(PNG, 'c.mp4', { type: 'video/mp4' });
  const noFilm = new File(['<html>'], 'd.mp4', { type: 'video/mp4' });
  expect(await sortedByContent(sortFiles([film, odd, filmNamedPhoto, photo, photoNamedFilm, noFilm]))).toEqual({
    photos: [odd, photo, photoNamedFilm],
    videos: [noFilm, film, filmNamedPhoto],
    passedOver: [],
  });
});

it('skips the files that macOS adds to a folder', async () => {
  const beside = new File(RESOURCE_FORK, '._clip.mp4', { type: 'video/mp4' });
  expect((await sortedByContent(sortFiles([beside]))).videos).toEqual([beside]);
  keepPath(beside, 'study/._clip.mp4');
  const clip = inFolder('study/clip.mp4', 'video/mp4');
  expect(await sortedByContent(sortFiles([beside, clip]))).toEqual({ photos: [], videos: [clip], passedOver: [beside] });
});
