import { afterEach, expect, it, vi } from 'vitest';
import { MienError } from '../engine/errors';
import { log } from '../engine/log';
import { errorDetails } from './error-details';

afterEach(() => vi.unstubAllGlobals());

it('states what failed, where, and the preceding log', () => {
  vi.stubGlobal('navigator', { userAgent: 'Browser 1' });
  log.warn('camera failed: in use');
  const details = errorDetails(new MienError('camera', 'in-use', 'NotReadableError: busy', new Error('busy')), { backend: 'wasm, worker', model: 'mien-s 1.7.0' });
  expect(details).toContain('Error: camera/in-use\nDetail: NotReadableError: busy\nVersion: ');
  expect(details).toContain('Backend: wasm, worker\nModel: mien-s 1.7.0\n');
  expect(details).toMatch(/Trace: [^]*error-details\.test[^]*Log:/);
  expect(details).toMatch(/Log:[^]* warning camera failed: in use\n$/);
});
