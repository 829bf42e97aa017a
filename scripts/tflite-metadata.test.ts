import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MODEL_SHA256 } from '../src/engine/face-detector/model-digests.ts';
import { addInputNormalization } from './tflite-metadata.ts';

/** An independent reader, written from the flatbuffer format rather than the code under test. */
function reader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const field = (table: number, index: number): number => {
    const vtable = table - view.getInt32(table, true);
    if (4 + 2 * index >= view.getUint16(vtable, true)) return 0;
    const offset = view.getUint16(vtable + 4 + 2 * index, true);
    return offset && table + offset;
  };
  const follow = (at: number): number => at + view.getUint32(at, true);
  const child = (table: number, index: number): number => follow(field(table, index));
  const elements = (vector: number): number[] =>
    Array.from({ length: view.getUint32(vector, true) }, (_, i) => follow(vector + 4 + 4 * i));
  const text = (at: number): string => new TextDecoder().decode(bytes.subarray(at + 4, at + 4 + view.getUint32(at, true)));
  const uint = (table: number, index: number): number => {
    const at = field(table, index);
    return at && view.getUint32(at, true);
  };
  const fileId = new TextDecoder().decode(bytes.subarray(4, 8));
  return { view, field, child, elements, text, uint, root: view.getUint32(0, true), fileId };
}

/**
 * A minimal model: version 3, a description, one empty operator code and subgraph, two buffers (the empty one that
 * every model starts with, and one with four bytes of data).
 */
function tinyModel(): Uint8Array {
  const bytes = new Uint8Array(160);
  const view = new DataView(bytes.buffer);
  const refer = (at: number, target: number): void => view.setUint32(at, target - at, true);
  bytes.set(new TextEncoder().encode('TFL3'), 4);
  // The vtable at 8, for the root table at 24: version, operator codes, subgraphs, description, buffers.
  [14, 24, 4, 8, 12, 16, 20].forEach((value, i) => view.setUint16(8 + 2 * i, value, true));
  view.setUint32(0, 24, true);
  view.setInt32(24, 24 - 8, true);
  view.setUint32(28, 3, true);
  refer(32, 48);
  refer(36, 56);
  refer(40, 64);
  refer(44, 72);
  view.setUint32(48, 1, true);
  refer(52, 92);
  view.setUint32(56, 1, true);
  refer(60, 92);
  view.setUint32(64, 4, true);
  bytes.set(new TextEncoder().encode('tiny'), 68);
  view.setUint32(72, 2, true);
  refer(76, 92);
  refer(80, 112);
  // An empty table at 92 (vtable at 88), and a table with one vector at 112 (vtable at 104).
  [4, 4].forEach((value, i) => view.setUint16(88 + 2 * i, value, true));
  view.setInt32(92, 4, true);
  [6, 8, 4].forEach((value, i) => view.setUint16(104 + 2 * i, value, true));
  view.setInt32(112, 8, true);
  refer(116, 124);
  view.setUint32(124, 4, true);
  bytes.set([1, 2, 3, 4], 128);
  return bytes;
}

const NORMALIZATION = { mean: 127.5, std: 64 };

function readBack(result: Uint8Array) {
  const model = reader(result);
  const buffers = model.elements(model.child(model.root, 4));
  const entries = model.elements(model.child(model.root, 6));
  const names = entries.map((entry) => model.text(model.child(entry, 0)));
  const entry = entries[names.indexOf('TFLITE_METADATA')] ?? NaN;
  const index = model.uint(entry, 1);
  const data = model.child(buffers[index] ?? NaN, 0);
  const metadata = result.slice(data + 4, data + 4 + model.view.getUint32(data, true));
  return { model, buffers, names, index, dataStart: data + 4, metadata };
}

function inputNormalization(metadata: Uint8Array): { mean: number; std: number } {
  const m = reader(metadata);
  expect(m.fileId).toBe('M001');
  const [subgraph = NaN] = m.elements(m.child(m.root, 3));
  const [input = NaN] = m.elements(m.child(subgraph, 2));
  const [unit = NaN] = m.elements(m.child(input, 4));
  expect(m.view.getUint8(m.field(unit, 0))).toBe(1);
  const options = m.child(unit, 1);
  const [mean, std] = [0, 1].map((i) => {
    const vector = m.child(options, i);
    expect(m.view.getUint32(vector, true)).toBe(1);
    return m.view.getFloat32(vector + 4, true);
  });
  return { mean: mean ?? NaN, std: std ?? NaN };
}

describe('addInputNormalization', () => {
  it('leaves the original bytes unchanged, aligned to 16', () => {
    const original = tinyModel();
    const result = addInputNormalization(original, NORMALIZATION);
    const start = result.length - original.length;
    expect(start % 16).toBe(0);
    expect(result.subarray(start)).toEqual(original);
    expect(original).toEqual(tinyModel());
  });

  it('keeps every part of the model reachable', () => {
    const original = tinyModel();
    const result = addInputNormalization(original, NORMALIZATION);
    const shift = result.length - original.length;
    const { model, buffers } = readBack(result);
    expect(model.fileId).toBe('TFL3');
    expect(model.uint(model.root, 0)).toBe(3);
    expect(model.child(model.root, 1)).toBe(48 + shift);
    expect(model.child(model.root, 2)).toBe(56 + shift);
    expect(model.text(model.child(model.root, 3))).toBe('tiny');
    expect(buffers).toHaveLength(3);
    expect(buffers.slice(0, 2)).toEqual([92 + shift, 112 + shift]);
    const data = model.child(buffers[1] ?? NaN, 0);
    expect([...result.subarray(data + 4, data + 8)]).toEqual([1, 2, 3, 4]);
    expect(model.field(model.root, 7)).toBe(0);
  });

  it('adds metadata that describes the normalisation of the input', () => {
    const { names, index, dataStart, metadata } = readBack(addInputNormalization(tinyModel(), NORMALIZATION));
    expect(names).toEqual(['TFLITE_METADATA']);
    expect(index).toBe(2);
    expect(dataStart % 16).toBe(0);
    expect(inputNormalization(metadata)).toEqual(NORMALIZATION);
  });

  it('changes nothing the second time', () => {
    const once = addInputNormalization(tinyModel(), NORMALIZATION);
    expect(addInputNormalization(once, { mean: 0, std: 1 })).toBe(once);
  });

  it('works on a view into a larger buffer', () => {
    const larger = new Uint8Array(200);
    larger.set(tinyModel(), 13);
    const result = addInputNormalization(larger.subarray(13, 13 + 160), NORMALIZATION);
    expect(result).toEqual(addInputNormalization(tinyModel(), NORMALIZATION));
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['text', new TextEncoder().encode('<!doctype html><title>404</title>')],
    ['a file cut after its head', tinyModel().slice(0, 20)],
    ['a root that points outside', Uint8Array.from([255, 255, 255, 127, 84, 70, 76, 51, 0, 0, 0, 0])],
    ['buffers that point outside', Uint8Array.from(tinyModel(), (byte, i) => (i >= 72 && i < 76 ? 255 : byte))],
  ])('refuses %s with a clear line', (_, bytes) => {
    expect(() => addInputNormalization(bytes, NORMALIZATION)).toThrow(/TensorFlow Lite model/);
  });

  const folder = new URL('../node_modules/@mediapipe/face_detection/', import.meta.url);
  it.each(['face_detection_short_range.tflite', 'face_detection_full_range_sparse.tflite'])('prepares the real %s', (name) => {
    expect(existsSync(new URL(name, folder))).toBe(true);
    const original = new Uint8Array(readFileSync(new URL(name, folder)));
    const result = addInputNormalization(original, { mean: 127.5, std: 127.5 });
    const { buffers, names, index, metadata } = readBack(result);
    const before = reader(original);
    const beforeBuffers = before.elements(before.child(before.root, 4));
    expect(buffers.slice(0, -1)).toEqual(beforeBuffers.map((position) => position + result.length - original.length));
    expect(names).toEqual(['min_runtime_version', 'TFLITE_METADATA'].slice(-names.length));
    expect(index).toBe(beforeBuffers.length);
    expect(inputNormalization(metadata)).toEqual({ mean: 127.5, std: 127.5 });
    expect(createHash('sha256').update(result).digest('hex')).toBe(MODEL_SHA256[name]);
  });
});
