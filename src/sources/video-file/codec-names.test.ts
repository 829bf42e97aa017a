import { expect, it } from 'vitest';
import { codecName } from './codec-names';

it.each([
  ['avc', 'H.264'],
  ['H264', 'H.264'],
  ['MJPG', 'Motion JPEG'],
  ['XVID', 'MPEG-4 Part 2 (Xvid, DivX)'],
  ['V_MPEG2', 'MPEG-2'],
  ['\0\0\0\0', 'uncompressed video'],
  ['ZYX1', 'the codec “ZYX1”'],
  ['\0\u0001\u0002\u0003', 'its codec'],
  ['', 'its codec'],
])('%j → %s', (id, name) => expect(codecName(id)).toBe(name));
