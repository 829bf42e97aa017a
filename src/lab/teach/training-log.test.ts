import { expect, it } from 'vitest';
import { crc32c, tensorBoardEvents, trainingCsv, type EpochRow } from './training-log';

const rows: readonly EpochRow[] = [
  { epoch: 0, accuracy: 0.5, loss: 1.25, valAccuracy: 0.25, valLoss: 1.5, learningRate: 0.001, endedAtMs: 1_700_000_000_000 },
  { epoch: 1, accuracy: 0.75, loss: 0.5, valAccuracy: 0.5, valLoss: 1, learningRate: 0.0005, endedAtMs: 1_700_000_060_500 },
];

it('writes the same log as Keras', () => {
  expect(trainingCsv(rows)).toBe('epoch,accuracy,learning_rate,loss,val_accuracy,val_loss\n0,0.5,0.001,1.25,0.25,1.5\n1,0.75,0.0005,0.5,0.5,1\n');
});

it('computes CRC-32C as in RFC 3720', () => {
  expect(crc32c(Array.from('123456789', (digit) => digit.charCodeAt(0)))).toBe(0xe3069283);
  expect(crc32c(new Array<number>(32).fill(0))).toBe(0x8a9136aa);
});

it('writes event files for TensorBoard', () => {
  const bytes = tensorBoardEvents(rows);
  const view = new DataView(bytes.buffer);
  const records: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = view.getUint32(at, true);
    records.push(bytes.subarray(at + 12, at + 12 + length));
    at += length + 16;
  }
  expect(records).toHaveLength(11);
  // Field 1, 1.7e9 as a float64; field 2, step 0; field 3, 13 characters. TensorBoard 2.21 was seen to read such a file.
  expect(Array.from(records[0] ?? [], (byte) => byte.toString(16).padStart(2, '0')).join('')).toBe('0900000040fc54d94110001a0d627261696e2e4576656e743a32');
  const value = new TextDecoder('latin1').decode(records[10]);
  expect(value).toContain('epoch_learning_rate');
});
