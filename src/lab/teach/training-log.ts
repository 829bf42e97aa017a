/** One epoch, with the fields of Keras's log. */
export interface EpochRow {
  /** Zero-based. */
  readonly epoch: number;
  /** Accuracy and mean cross-entropy on the training faces, with augmentation and dropout. */
  readonly accuracy: number;
  readonly loss: number;
  /** The same on the validation faces, which select the best epoch. */
  readonly valAccuracy: number;
  readonly valLoss: number;
  readonly learningRate: number;
  /** End of the epoch, ms since 1970. */
  readonly endedAtMs: number;
}

/** `training_log.csv`, in the format of Keras's CSVLogger. */
export function trainingCsv(rows: readonly EpochRow[]): string {
  const lines = rows.map(({ epoch, accuracy, learningRate, loss, valAccuracy, valLoss }) => [epoch, accuracy, learningRate, loss, valAccuracy, valLoss].join(','));
  return ['epoch,accuracy,learning_rate,loss,val_accuracy,val_loss', ...lines].map((line) => `${line}\n`).join('');
}

/**
 * Event file for TensorBoard. Each record is a length, its checksum, a protobuf `Event` and its checksum (tensorflow/core/lib/io/record_writer.h,
 * tensorflow/core/util/event.proto).
 */
export function tensorBoardEvents(rows: readonly EpochRow[]): Uint8Array<ArrayBuffer> {
  const startedMs = rows[0]?.endedAtMs ?? 0;
  const version = event(startedMs, 0, field(3, text('brain.Event:2')));
  const events = rows.flatMap(({ epoch, endedAtMs, accuracy, loss, valAccuracy, valLoss, learningRate }) => {
    const scalars = { epoch_accuracy: accuracy, epoch_loss: loss, epoch_val_accuracy: valAccuracy, epoch_val_loss: valLoss, epoch_learning_rate: learningRate };
    return Object.entries(scalars).map(([tag, value]) => event(endedAtMs, epoch, field(5, field(1, [...field(1, text(tag)), ...float32Field(2, value)]))));
  });
  return Uint8Array.from([version, ...events].flatMap(record));
}

/** File name in TensorBoard's pattern. */
export function tensorBoardName(startedAtMs: number): string {
  return `events.out.tfevents.${Math.floor(startedAtMs / 1000)}.mien`;
}

function event(wallMs: number, step: number, what: readonly number[]): number[] {
  return [0x09, ...bytesOf(8, (view) => view.setFloat64(0, wallMs / 1000, true)), 0x10, ...varint(step), ...what];
}

function record(data: readonly number[]): number[] {
  const length = bytesOf(8, (view) => view.setUint32(0, data.length, true));
  return [...length, ...checksum(length), ...data, ...checksum(data)];
}

/** CRC-32C with TensorFlow's masking. */
function checksum(data: readonly number[]): number[] {
  const crc = crc32c(data);
  const masked = (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
  return bytesOf(4, (view) => view.setUint32(0, masked, true));
}

/** CRC-32C (Castagnoli), RFC 3720. */
export function crc32c(data: readonly number[]): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function text(value: string): number[] {
  return Array.from(new TextEncoder().encode(value));
}

/** A length-delimited protobuf field. */
function field(number: number, content: readonly number[]): number[] {
  return [(number << 3) | 2, ...varint(content.length), ...content];
}

function float32Field(number: number, value: number): number[] {
  return [(number << 3) | 5, ...bytesOf(4, (view) => view.setFloat32(0, value, true))];
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(Math.floor(value / 0x80))];
}

function bytesOf(length: number, write: (view: DataView) => void): number[] {
  const bytes = new Uint8Array(length);
  write(new DataView(bytes.buffer));
  return Array.from(bytes);
}
