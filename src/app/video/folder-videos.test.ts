import { expect, it } from 'vitest';
import { keepPath } from '../files/file-path';
import { sortVideos } from './folder-videos';

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
  const { videos, passedOver } = sortVideos(files);
  expect(videos.map(({ name }) => name)).toEqual(['webcam.mp4', 'webcam.mkv', 'camera.MTS', 'odd-name']);
  expect(passedOver.map(({ name }) => name)).toEqual(['notes.txt', 'face.png']);
});
