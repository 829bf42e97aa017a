import { MienError } from '../../engine/errors';
import type { LiveFrame } from '../../engine/types';
import type { FrameReading, FrameSelection, SourceSample } from '../video-file-source';
import type { CodedFrame } from './coded-frame';
import type { DecodedFrame } from './chunk-decoder';
import type { FrameIndex, Stretch } from './frame-index';
import { askedMoments } from './moments';

/** Detail of the error if no frame at all could be decoded: every sample has been returned as left out. */
export const NOTHING_DECODED = 'no frame could be decoded';

/** Reads and decodes one file's packets. */
export interface FrameReader<Frame extends LiveFrame> {
  /** The packets of ascending stretches, in decode order. */
  packets(stretches: Iterable<Stretch>): AsyncIterable<CodedFrame>;
  decode(coded: AsyncIterable<CodedFrame>, signal?: AbortSignal): AsyncGenerator<DecodedFrame<Frame>, void, undefined>;
  /** The frame upright, at the size of the video. Takes ownership of the frame. */
  display(frame: Frame, timestampMs: number): LiveFrame;
}

/**
 * Yields one sample per selected time within the file, in order of time. Decodes only groups of pictures with a selected frame, each
 * packet at most once.
 *
 * @throws MienError `video/nothing-in-range`; `video/damaged` if no frame at all could be decoded.
 */
export async function* sampleFrames<Frame extends LiveFrame>(
  index: FrameIndex,
  reader: FrameReader<Frame>,
  selection: FrameSelection,
  { signal }: FrameReading,
): AsyncGenerator<SourceSample, void, undefined> {
  const asked = askedMoments(selection, index);
  let next = asked.next();
  if (next.done) throw new MienError('video', 'nothing-in-range');
  let read = 0;

  /** Left-out samples before a frame, for which nothing was decoded. */
  function* leftOutBefore(number: number): Generator<SourceSample> {
    for (; !next.done && (next.value.number ?? -1) < number; next = asked.next()) {
      const { sample, momentMs, reason } = next.value;
      yield { status: 'left-out', sample, momentMs, reason };
    }
  }

  for await (const { number, frame } of reader.decode(reader.packets(index.stretchesFor(numbersOf(selection, index))), signal)) {
    let held: LiveFrame | null = frame;
    try {
      if (signal?.aborted) return;
      yield* leftOutBefore(number);
      if (next.done || next.value.number !== number) continue;
      const shown = reader.display(frame, index.timeOf(number));
      held = shown;
      while (!next.done && next.value.number === number) {
        if (signal?.aborted) return;
        const { sample, momentMs } = next.value;
        next = asked.next();
        const again = !next.done && next.value.number === number;
        const own = again ? await copyOf(shown) : shown;
        if (!again) held = null;
        read++;
        yield { status: 'read', sample, frame: own, timestampMs: momentMs, frameNumber: number };
      }
    } finally {
      held?.close();
    }
  }
  if (signal?.aborted) return;
  yield* leftOutBefore(Infinity);
  if (read === 0) throw new MienError('video', 'damaged', NOTHING_DECODED);
}

function* numbersOf(selection: FrameSelection, index: FrameIndex): Generator<number, void, undefined> {
  for (const { number } of askedMoments(selection, index)) if (number !== null) yield number;
}

/** A frame may be on screen at several times, and the consumer closes each. */
async function copyOf(frame: LiveFrame): Promise<LiveFrame> {
  return frame instanceof ImageBitmap ? createImageBitmap(frame) : frame.clone();
}
