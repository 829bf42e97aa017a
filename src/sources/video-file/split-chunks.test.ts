import { describe, expect, it } from 'vitest';
import { withSmallChunks } from './split-chunks';

const bytesOf = (numbers: readonly number[]) => new Uint8Array(Uint32Array.from(numbers).buffer).reduce<number[]>((out, _, i, all) => (i % 4 === 0 ? [...out, all[i + 3] ?? 0, all[i + 2] ?? 0, all[i + 1] ?? 0, all[i] ?? 0] : out), []);

function box(type: string, ...parts: readonly (readonly number[])[]): number[] {
  const content = parts.flat();
  return [...bytesOf([content.length + 8]), ...type.split('').map((letter) => letter.charCodeAt(0)), ...content];
}

/** Two chunks, at 1000 and 9000, with samples of 1, 2, 3 … bytes. */
function moov(samples: readonly [number, number]): Uint8Array<ArrayBuffer> {
  const sizes = Array.from({ length: samples[0] + samples[1] }, (_, i) => i + 1);
  const table = box('stsc', bytesOf([0, 2, 1, samples[0], 1, 2, samples[1], 1]));
  const stbl = box('stbl', box('stsd', bytesOf([0, 0])), table, box('stsz', bytesOf([0, 0, sizes.length, ...sizes])), box('stco', bytesOf([0, 2, 1000, 9000])));
  return Uint8Array.from(box('moov', box('mvhd', bytesOf([7])), box('trak', box('tkhd', bytesOf([8])), box('mdia', box('minf', stbl)))));
}

/** Offset and size of every sample, as a player computes them. */
function placesIn(bytes: Uint8Array<ArrayBuffer>): number[] {
  const text = new TextDecoder('latin1').decode(bytes);
  const view = new DataView(bytes.buffer);
  const toChunk = text.indexOf('stsc') + 8;
  const places = text.indexOf('co64') + 8;
  const entries = Array.from({ length: view.getUint32(toChunk) }, (_, i) => ({ first: view.getUint32(toChunk + 4 + 12 * i), samples: view.getUint32(toChunk + 8 + 12 * i) }));
  const found: number[] = [];
  for (let chunk = 1; chunk <= view.getUint32(places); chunk++) {
    let place = Number(view.getBigUint64(places + 4 + 8 * (chunk - 1)));
    const { samples } = entries.findLast(({ first }) => first <= chunk) ?? { samples: 0 };
    for (let i = 0; i < samples; i++) {
      found.push(place);
      place += found.length;
    }
  }
  return found;
}

describe('withSmallChunks', () => {
  it('keeps the place of every frame, in smaller chunks', () => {
    const split = withSmallChunks(moov([600, 40]));
    const expected = Array.from({ length: 640 }, (_, i) => (i < 600 ? 1000 + (i * (i + 1)) / 2 : 9000 + (i * (i + 1)) / 2 - (600 * 601) / 2));
    expect(placesIn(split ?? new Uint8Array())).toEqual(expected);
    const text = new TextDecoder('latin1').decode(split ?? new Uint8Array());
    for (const kept of ['mvhd', 'tkhd', 'stsd', 'stsz']) expect(text).toContain(kept);
    expect(new DataView((split ?? new Uint8Array(4)).buffer).getUint32(0)).toBe(split?.length);
  });

  it('leaves small chunks unchanged, and tables that do not agree', () => {
    expect(withSmallChunks(moov([500, 40]))).toBeNull();
    const bytes = moov([600, 40]);
    new DataView(bytes.buffer).setUint32(new TextDecoder('latin1').decode(bytes).indexOf('stsc') + 24, 9);
    expect(withSmallChunks(bytes)).toBeNull();
  });
});
