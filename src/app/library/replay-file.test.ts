import { expect, it } from 'vitest';
import { accountFixture } from '../../session/reading-fixture';
import { keepPath } from '../files/file-path';
import { fitOf } from './replay-file';

const session = { reading: accountFixture({ source: { ...accountFixture().source, name: 'P01/webcam.mp4', bytes: 3 } }) };

it('recognises a file by size and name, with or without its folder', () => {
  const inFolder = new File(['abc'], 'webcam.mp4');
  keepPath(inFolder, 'P01/webcam.mp4');
  expect(fitOf(session, inFolder)).toBe('same');
  expect(fitOf(session, new File(['abc'], 'webcam.mp4'))).toBe('same');
  expect(fitOf(session, new File(['abc'], 'take 2.mp4'))).toBe('renamed');
  expect(fitOf(session, new File(['abcd'], 'webcam.mp4'))).toBe('other');
  expect(fitOf({ reading: null }, new File(['abc'], 'webcam.mp4'))).toBe('other');
});
