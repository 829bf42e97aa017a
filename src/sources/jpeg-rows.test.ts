import { describe, expect, it } from 'vitest';
import { missingRows } from './jpeg-rows';

/** 40×48, with colours at half resolution, so in units of 16×16: sequential with restart markers, and progressive. */
const SEQUENTIAL = [
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+P',
  'j4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wAARCAAwACgDASIAAhEBAxEB/8QAGAABAQEBAQAAAAAAAAAAAAAAAgADBAX/xAAWEAEBAQAAAAAAAAAAAAAAAAAA',
  'AQL/xAAYAQEBAQEBAAAAAAAAAAAAAAADAgQAAf/EABcRAAMBAAAAAAAAAAAAAAAAAAABAhH/3QAEAAP/2gAMAwEAAhEDEQA/APLmSmSmTmStnk0CZOZKZKZQ2aJoMymsyk6MqP/Q5Jkpk5kplzYE0G',
  'ZKZKZOZQ2PNBmU0mUnR1R//9EzJzJTJTImzFNBmTmSmSmUtjzQZlNZlI0dUf/Z',
];
const PROGRESSIVE = [
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+P',
  'j4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wgARCAAwACgDASIAAhEBAxEB/8QAFwABAQEBAAAAAAAAAAAAAAAAAQIABP/EABgBAAMBAQAAAAAAAAAAAAAAAAEC',
  'AwAE/9oADAMBAAIQAxAAAAHlVYCooa8Hhp3KKrQ1YPKu5SlFDVg//8QAFBABAAAAAAAAAAAAAAAAAAAAQP/aAAgBAQABBQJ3/8QAFhEBAQEAAAAAAAAAAAAAAAAAAQAR/9oACAEDAQE/ARhthhthht',
  'v/xAAUEQEAAAAAAAAAAAAAAAAAAAAw/9oACAECAQE/AR//xAAUEAEAAAAAAAAAAAAAAAAAAABA/9oACAEBAAY/Anf/xAAVEAEBAAAAAAAAAAAAAAAAAAAAEf/aAAgBAQABPyGIiIiIiIiIiIiIiIiI',
  'iIj/2gAMAwEAAgADAAAAEB3ccRv34jf/xAAWEQEBAQAAAAAAAAAAAAAAAAABEAD/2gAIAQMBAT8QgFAUBn//xAAWEQEBAQAAAAAAAAAAAAAAAAABABH/2gAIAQIBAT8QWW2WW2WW2//EABUQAQEAAA',
  'AAAAAAAAAAAAAAAAAB/9oACAEBAAE/EIQhCEIQhCEIQhCEIQhCEIQhCEP/2Q==',
];

const unpacked = (base64: readonly string[]) => Uint8Array.from(atob(base64.join('')), (character) => character.charCodeAt(0));

/** The same with another height in its header. */
function claiming(bytes: Uint8Array, height: number): Uint8Array {
  const at = bytes.findIndex((byte, i) => byte === 0xff && (bytes[i + 1] === 0xc0 || bytes[i + 1] === 0xc2));
  return bytes.with(at + 5, height >> 8).with(at + 6, height & 255);
}

describe.each([
  ['sequential', unpacked(SEQUENTIAL)],
  ['progressive', unpacked(PROGRESSIVE)],
])('a %s JPEG', (_kind, jpeg) => {
  it('lacks no row if it is whole, also without its end', async () => {
    expect(await missingRows(jpeg)).toBe(0);
    expect(await missingRows(jpeg.subarray(0, -2))).toBe(0);
  });

  it('lacks the rows that only its header has', async () => {
    expect(await missingRows(claiming(jpeg, 80))).toBe(32);
    expect(await missingRows(claiming(jpeg, 49))).toBe(1);
  });

  it('lacks the rows after a cut in its first scan', async () => {
    const scan = jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === 0xda) + 14;
    expect(await missingRows(jpeg.subarray(0, scan + 8))).toBeGreaterThanOrEqual(32);
    expect(await missingRows(Uint8Array.of(...jpeg.subarray(0, scan + 8), 0xff, 0xd9))).toBeGreaterThanOrEqual(32);
  });
});

it('claims nothing about other and broken files', async () => {
  expect(await missingRows(new Uint8Array(100))).toBe(0);
  const jpeg = unpacked(SEQUENTIAL);
  // No table of codes.
  expect(await missingRows(jpeg.map((byte, i) => (byte === 0xc4 && jpeg[i - 1] === 0xff ? 0xe4 : byte)))).toBe(0);
});
