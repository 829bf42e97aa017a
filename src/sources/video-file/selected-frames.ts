import type { EncodedPacketSink, VideoSample, VideoSampleSink } from 'mediabunny';
import type { Moments } from './moments';

/** More than any codec moves a frame away from its place in the order of display. */
const REORDERING_MS = 2000;

/** What is decoded, and up to which time the selection is answered with it; null: nothing is on screen there. */
interface Answer {
  readonly sample: VideoSample | null;
  readonly doneMs: number;
}

/** The frames of one selection. Times are the file's. */
export interface SelectedFrames {
  /** Those from a time on. */
  answers(fromMs: number): AsyncGenerator<Answer, void, undefined>;
  /** How many are wanted after one time and before another. */
  countBetween(afterMs: number, untilMs: number): Promise<number>;
}

export function everyFrame(sink: VideoSampleSink, packets: EncodedPacketSink, toMs: number): SelectedFrames {
  return {
    async *answers(fromMs) {
      for await (const sample of sink.samples(fromMs / 1000, toMs / 1000)) yield { sample, doneMs: sample.timestamp * 1000 };
    },
    async countBetween(afterMs, untilMs) {
      const start = (await packets.getKeyPacket(afterMs / 1000)) ?? (await packets.getFirstPacket());
      let count = 0;
      if (!start) return count;
      for await (const { timestamp } of packets.packets(start, undefined, { metadataOnly: true })) {
        const timeMs = timestamp * 1000;
        if (timeMs > afterMs && timeMs < untilMs) count++;
        if (timeMs > untilMs + REORDERING_MS) break;
      }
      return count;
    },
  };
}

/** Decodes each packet at most once, and none of a group of pictures in which no moment lies. */
export function framesAtMoments(sink: VideoSampleSink, moments: Moments): SelectedFrames {
  function* seconds(from: number) {
    for (let index = from; index < moments.length; index++) yield moments.timeOf(index) / 1000;
  }
  return {
    async *answers(fromMs) {
      let index = moments.indexFrom(fromMs);
      for await (const sample of sink.samplesAtTimestamps(seconds(index))) yield { sample, doneMs: moments.timeOf(index++) };
    },
    countBetween: (afterMs, untilMs) => Promise.resolve(moments.countBetween(afterMs, untilMs)),
  };
}
