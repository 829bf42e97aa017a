import { expect, it } from 'vitest';
import { MemoryBytes } from './written-bytes';

it('keeps bytes across chunks in order, including overwritten ones', async () => {
  const bytes = new MemoryBytes();
  const chunk = 4 * 2 ** 20;
  const data = new Uint8Array(chunk + 10).map((_, i) => i % 251);
  bytes.write(data, 0);
  bytes.write(new Uint8Array([9, 8, 7]), data.length);
  bytes.write(new Uint8Array([1, 2]), chunk - 1);
  const blob = await bytes.take('video/mp4');
  const read = new Uint8Array(await blob.arrayBuffer());
  expect(blob.type).toBe('video/mp4');
  expect(read.length).toBe(data.length + 3);
  expect([...read.subarray(chunk - 1, chunk + 1)]).toEqual([1, 2]);
  expect(read[chunk + 1]).toBe((chunk + 1) % 251);
  expect([...read.subarray(-3)]).toEqual([9, 8, 7]);
});
