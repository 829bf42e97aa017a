/** A packet for a decoder. */
export interface CodedFrame {
  /** Its frame's number in display order; -1: decoded, never displayed. */
  readonly number: number;
  /** On the container's clock. */
  readonly timestampMs: number;
  readonly key: boolean;
  /** Packets between the previous one and this one were skipped. */
  readonly afterJump: boolean;
  /** Null: the file does not contain all of its bytes. */
  readonly data: Uint8Array<ArrayBuffer> | null;
  /** Artificial frames that let decoding start here without a key frame; null: impossible, or not needed. */
  readonly entry?: Entry | null;
}

export interface Entry {
  /** Artificial. */
  readonly frames: readonly Uint8Array<ArrayBuffer>[];
  /** Time, on the container's clock, before which frames are incorrect if decoding starts here. */
  readonly rightFromMs: number;
}
