import { describe, expect, it } from 'vitest';
import { usualForms } from './decoder-config';

describe('usualForms', () => {
  it.each([
    ['vp09.00.00.08.00.02.02.02.00', 'vp09.00.10.08'],
    ['vp09.02.00.10', 'vp09.02.10.10'],
    ['avc1.64c0ff', 'avc1.64001f'],
    ['avc1', 'avc1.64001f'],
    ['hev1.1.6.L0.90', 'hvc1.1.6.L93.B0'],
    ['av01.0.31M.08', 'av01.0.04M.08'],
  ])('knows a usual form of %s: %s', (codec, form) => expect(usualForms(codec)[0]).toBe(form));

  it('has none for a codec without levels', () => expect(usualForms('vp8')).toEqual([]));
});
