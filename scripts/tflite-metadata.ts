/**
 * Adds the metadata that MediaPipe Tasks requires to a TensorFlow Lite model: the normalisation of the input tensor,
 * value = (pixel − mean) / std.
 *
 * The original bytes stay unchanged. A new root table is prepended, which points into the original for everything
 * except buffers and metadata, which get one more entry each.
 * Schemas: tensorflow/lite/schema.fbs (file id TFL3) and metadata_schema.fbs (file id M001).
 */

export interface InputNormalization {
  readonly mean: number;
  readonly std: number;
}

const MODEL_FILE_ID = 'TFL3';
const METADATA_FILE_ID = 'M001';
const METADATA_NAME = 'TFLITE_METADATA';
/** Kernels read weights in place and require this alignment. */
const DATA_ALIGNMENT = 16;

/** Field numbers of the schema's table `Model`. */
const MODEL_FIELD = { version: 0, operatorCodes: 1, subgraphs: 2, description: 3, buffers: 4, metadataBuffer: 5, metadata: 6, signatures: 7 } as const;
const NORMALIZATION_OPTIONS_TYPE = 1;

type FlatNode =
  | { readonly kind: 'table'; readonly fields: readonly (FlatField | null)[] }
  | { readonly kind: 'offsets'; readonly items: readonly FlatReference[] }
  | { readonly kind: 'floats'; readonly values: readonly number[] }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array };
/** Target of a table slot or vector element: a new node, or a position in the original. */
type FlatReference = FlatNode | { readonly kind: 'original'; readonly position: number };
type FlatField = FlatReference | { readonly kind: 'uint'; readonly value: number };

/** Writes a flatbuffer front to back, so that every offset points forward. */
class FlatWriter {
  private bytes = new Uint8Array(1024);
  private view = new DataView(this.bytes.buffer);
  private length = 0;
  private readonly forward: { at: number; position: number }[] = [];

  /** The finished buffer. Its length is a multiple of `DATA_ALIGNMENT`, and `original` starts right after it. */
  static write(fileId: string, root: FlatNode): Uint8Array {
    const writer = new FlatWriter();
    const waiting: { at: number; node: FlatReference }[] = [{ at: writer.reserve(4), node: root }];
    writer.append(new TextEncoder().encode(fileId));
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { at, node } = next;
      if (node.kind === 'original') {
        writer.forward.push({ at, position: node.position });
      } else {
        const place = writer.place(node, (slot, reference) => waiting.push({ at: slot, node: reference }));
        writer.view.setUint32(at, place - at, true);
      }
    }
    writer.align(DATA_ALIGNMENT);
    for (const { at, position } of writer.forward) {
      writer.view.setUint32(at, writer.length + position - at, true);
    }
    return writer.bytes.slice(0, writer.length);
  }

  /** Writes one node at the end and reports the places of its references; returns its start. */
  private place(node: FlatNode, refer: (at: number, reference: FlatReference) => void): number {
    this.align(4);
    switch (node.kind) {
      case 'table':
        return this.placeTable(node.fields, refer);
      case 'offsets': {
        const start = this.putUint32(node.items.length);
        for (const item of node.items) refer(this.reserve(4), item);
        return start;
      }
      case 'floats': {
        const start = this.putUint32(node.values.length);
        for (const value of node.values) this.view.setFloat32(this.reserve(4), value, true);
        return start;
      }
      case 'text': {
        const text = new TextEncoder().encode(node.value);
        const start = this.putUint32(text.length);
        this.append(text);
        this.reserve(1);
        return start;
      }
      case 'bytes': {
        // The bytes themselves are aligned, so their length goes just before the boundary.
        this.align(DATA_ALIGNMENT);
        this.reserve(DATA_ALIGNMENT - 4);
        const start = this.putUint32(node.value.length);
        this.append(node.value);
        return start;
      }
    }
  }

  private placeTable(fields: readonly (FlatField | null)[], refer: (at: number, reference: FlatReference) => void): number {
    const vtable = this.reserve(4 + 2 * fields.length);
    this.align(4);
    const start = this.reserve(4);
    this.view.setInt32(start, start - vtable, true);
    fields.forEach((field, index) => {
      if (!field) return;
      const at = this.reserve(4);
      this.view.setUint16(vtable + 4 + 2 * index, at - start, true);
      if (field.kind === 'uint') this.view.setUint32(at, field.value, true);
      else refer(at, field);
    });
    this.view.setUint16(vtable, 4 + 2 * fields.length, true);
    this.view.setUint16(vtable + 2, this.length - start, true);
    return start;
  }

  private putUint32(value: number): number {
    const at = this.reserve(4);
    this.view.setUint32(at, value, true);
    return at;
  }

  private append(data: Uint8Array): void {
    const at = this.reserve(data.length);
    this.bytes.set(data, at);
  }

  private align(boundary: number): void {
    this.reserve((boundary - (this.length % boundary)) % boundary);
  }

  private reserve(size: number): number {
    const at = this.length;
    this.length += size;
    if (this.length > this.bytes.length) {
      const larger = new Uint8Array(Math.max(this.length, 2 * this.bytes.length));
      larger.set(this.bytes);
      this.bytes = larger;
      this.view = new DataView(larger.buffer);
    }
    return at;
  }
}

/** Reads a flatbuffer table. Positions are relative to the start of the file. */
class FlatTable {
  readonly view: DataView;
  readonly position: number;

  constructor(view: DataView, position: number) {
    this.view = view;
    this.position = position;
  }

  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  /** Position of field `index`; null if it has its default. */
  private slot(index: number): number | null {
    const vtable = this.position - this.view.getInt32(this.position, true);
    const entry = 4 + 2 * index;
    if (entry >= this.view.getUint16(vtable, true)) return null;
    const offset = this.view.getUint16(vtable + entry, true);
    return offset === 0 ? null : this.position + offset;
  }

  uint(index: number): number {
    const at = this.slot(index);
    return at === null ? 0 : this.view.getUint32(at, true);
  }

  /** Position of the table, string or vector that field `index` refers to. */
  target(index: number): number | null {
    const at = this.slot(index);
    return at === null ? null : at + this.view.getUint32(at, true);
  }

  /** Positions of the elements of a vector of tables. */
  targets(index: number): number[] {
    const vector = this.target(index);
    if (vector === null) return [];
    return Array.from({ length: this.view.getUint32(vector, true) }, (_, i) => {
      const at = vector + 4 + 4 * i;
      return at + this.view.getUint32(at, true);
    });
  }

  text(index: number): string {
    const at = this.target(index);
    if (at === null) return '';
    const length = this.view.getUint32(at, true);
    return new TextDecoder().decode(new Uint8Array(this.view.buffer, this.view.byteOffset + at + 4, length));
  }
}

const table = (...fields: (FlatField | null)[]): FlatNode => ({ kind: 'table', fields });
const tables = (...items: FlatReference[]): FlatNode => ({ kind: 'offsets', items });
const floats = (...values: number[]): FlatNode => ({ kind: 'floats', values });
const uint = (value: number): FlatField => ({ kind: 'uint', value });

/** ModelMetadata → SubGraphMetadata → TensorMetadata of the input → ProcessUnit → NormalizationOptions. */
function metadataBytes({ mean, std }: InputNormalization): Uint8Array {
  const processUnit = table(uint(NORMALIZATION_OPTIONS_TYPE), table(floats(mean), floats(std)));
  const inputTensor = table(null, null, null, null, tables(processUnit));
  const subgraph = table(null, null, tables(inputTensor));
  return FlatWriter.write(METADATA_FILE_ID, table(null, null, null, tables(subgraph)));
}

function hasMetadata(model: FlatTable): boolean {
  return model
    .targets(MODEL_FIELD.metadata)
    .some((position) => new FlatTable(model.view, position).text(0) === METADATA_NAME);
}

function prefixFor(model: FlatTable, normalization: InputNormalization): Uint8Array {
  const original = (position: number): FlatReference => ({ kind: 'original', position });
  const kept = (field: number): FlatField | null => {
    const position = model.target(field);
    return position === null ? null : original(position);
  };
  const buffers = model.targets(MODEL_FIELD.buffers);
  const buffer = table({ kind: 'bytes', value: metadataBytes(normalization) });
  const entry = table({ kind: 'text', value: METADATA_NAME }, uint(buffers.length));
  return FlatWriter.write(
    MODEL_FILE_ID,
    table(
      uint(model.uint(MODEL_FIELD.version)),
      kept(MODEL_FIELD.operatorCodes),
      kept(MODEL_FIELD.subgraphs),
      kept(MODEL_FIELD.description),
      tables(...buffers.map(original), buffer),
      kept(MODEL_FIELD.metadataBuffer),
      tables(...model.targets(MODEL_FIELD.metadata).map(original), entry),
      kept(MODEL_FIELD.signatures),
    ),
  );
}

/**
 * Adds `TFLITE_METADATA` to a model; a model that already has it is returned unchanged.
 *
 * @throws Error if the bytes are not a TensorFlow Lite model, or a damaged one.
 */
export function addInputNormalization(model: Uint8Array, normalization: InputNormalization): Uint8Array {
  if (model.length < 8 || new TextDecoder().decode(model.subarray(4, 8)) !== MODEL_FILE_ID) {
    throw new Error('not a TensorFlow Lite model (no TFL3 at byte 4)');
  }
  let prefix: Uint8Array;
  try {
    const root = FlatTable.root(model);
    if (root.target(MODEL_FIELD.subgraphs) === null) throw new RangeError('no subgraphs');
    if (hasMetadata(root)) return model;
    prefix = prefixFor(root, normalization);
  } catch (error) {
    if (error instanceof RangeError) throw new Error(`a damaged TensorFlow Lite model (${error.message})`, { cause: error });
    throw error;
  }
  const result = new Uint8Array(prefix.length + model.length);
  result.set(prefix);
  result.set(model, prefix.length);
  return result;
}
