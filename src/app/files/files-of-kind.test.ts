import { expect, it } from 'vitest';
import { keepPath } from './file-path';
import { filesOfKind } from './files-of-kind';

function inFolder(path: string, type = ''): File {
  const file = new File(['x'], path.split('/').at(-1) ?? '', { type });
  keepPath(file, path);
  return file;
}

it('passes over what is no video in a folder, and nothing that was chosen by itself', () => {
  const files = [
    ...[inFolder('study/P01/webcam.mp4', 'video/mp4'), inFolder('study/P01/webcam.mkv'), inFolder('study/P01/camera.MTS', 'model/vnd.mts')],
    ...[inFolder('study/notes.txt', 'text/plain'), inFolder('study/P01/face.png', 'image/png'), new File(['x'], 'odd-name')],
  ];
  const { wanted, passedOver } = filesOfKind(files, 'video');
  expect(wanted.map(({ name }) => name)).toEqual(['webcam.mp4', 'webcam.mkv', 'camera.MTS', 'odd-name']);
  expect(passedOver.map(({ name }) => name)).toEqual(['notes.txt', 'face.png']);
});

it('does so for photos, which a scanner may have left without an extension', () => {
  const files = [inFolder('album/1.HEIC'), inFolder('album/scan', 'image/png'), inFolder('album/clip.mp4', 'video/mp4')];
  const { wanted, passedOver } = filesOfKind(files, 'photo');
  expect(wanted.map(({ name }) => name)).toEqual(['1.HEIC', 'scan']);
  expect(passedOver.map(({ name }) => name)).toEqual(['clip.mp4']);
});
