import { describe, expect, it } from 'vitest';
import { MienError } from '../engine/errors';
import { cameraError } from './camera-source';

describe('cameraError', () => {
  it.each([
    ['NotAllowedError', 'denied'],
    ['SecurityError', 'denied'],
    ['NotFoundError', 'not-found'],
    ['NotReadableError', 'in-use'],
    ['AbortError', 'in-use'],
    ['OverconstrainedError', 'over-constrained'],
    ['InvalidStateError', 'unknown'],
  ])('takes %s for camera/%s', (name, reason) => {
    const error = cameraError(new DOMException('said the browser', name));
    expect(error.is('camera')).toBe(true);
    expect(error.reason).toBe(reason);
    expect(error.detail).toContain('said the browser');
  });

  it('keeps a camera error as it is', () => {
    const error = new MienError('camera', 'unplugged');
    expect(cameraError(error)).toBe(error);
  });

  it('names even what is no Error', () => {
    expect(cameraError('gone').reason).toBe('unknown');
    expect(cameraError(undefined).kind).toBe('camera');
  });
});
