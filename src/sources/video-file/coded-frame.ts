/** A packet on its way to a decoder. */
export interface CodedFrame {
  /** Its frame's number in order of display; -1: decoded, never shown. */
  readonly number: number;
  /** On the container's clock. */
  readonly timestampMs: number;
  readonly key: boolean;
  /** It does not follow the packet before: packets between them were left out. */
  readonly afterJump: boolean;
  /** Null: the file does not hold all of its bytes. */
  readonly data: Uint8Array<ArrayBuffer> | null;
  /** Lets decoding begin with this one, which is no key frame; null: it cannot begin here, or needs no such help. */
  readonly entry?: Entry | null;
}

export interface Entry {
  /** Artificial. */
  readonly frames: readonly Uint8Array<ArrayBuffer>[];
  /** Frames shown before are not right, where decoding begins here. On the container's clock. */
  readonly rightFromMs: number;
}
