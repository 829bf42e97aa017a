import { expect, it } from 'vitest';
import { MienError } from '../engine/errors';
import { wordError } from './errors';

it('words an error by its kind and reason', () => {
  expect(wordError(new MienError('image', 'heic')).title).toContain('HEIC');
  expect(wordError(new MienError('camera', 'denied')).advice).toContain('Allow the camera');
});

it('falls back for an unknown reason from another version of the worker', () => {
  const strange = MienError.fromPlain({ kind: 'engine', reason: 'of-tomorrow' as 'unknown', detail: '' });
  expect(wordError(strange)).toEqual(wordError(new MienError('engine', 'unknown')));
});

it('names the missing codec', () => {
  const { title } = wordError(new MienError('video', 'codec-unsupported', 'MPEG-2'));
  expect(title).toBe('This browser cannot decode MPEG-2');
});

it('shows no developer detail', () => {
  const { title, advice } = wordError(MienError.from(new TypeError('x is undefined')));
  expect(`${title} ${advice}`).not.toContain('undefined');
});

it('never advises a reload, which would lose the photos, for a damaged download', () => {
  // Scripts and WebAssembly are affected too; they have no checksum.
  const { title, advice } = wordError(new MienError('model', 'corrupt'));
  expect(`${title} ${advice}`).not.toMatch(/reload|checksum|model/i);
  expect(advice).toContain('Try again');
});

it('says where a session’s file is damaged', () => {
  expect(wordError(new MienError('session-file', 'damaged', 'results[0]')).title).toContain('results[0]');
});
