import {
  BlobSource,
  EncodedPacketSink,
  Input,
  MATROSKA,
  MP4,
  QTFF,
  UnsupportedInputFormatError,
  VideoSampleSink,
  WEBM,
  type EncodedPacket,
  type InputFormat,
  type InputVideoTrack,
  type VideoSample,
} from 'mediabunny';
import { MienError } from '../../engine/errors';
import type { LiveFrame } from '../../engine/types';
import type { FrameReading, FrameSelection, SourceSample, VideoContainer, VideoFileSource, VideoInfo } from '../video-file-source';
import { codecName } from './codec-names';
import { EPSILON_MS, momentsOf, nothingFound, rangeOf } from './moments';
import { everyFrame, framesAtMoments } from './selected-frames';

/** MP4, MOV, WebM and MKV, through mediabunny. */
export async function openContainer(file: Blob): Promise<VideoFileSource> {
  // What a failed read leaves behind shows in the read that wants those bytes.
  const source = new BlobSource(file, { handleUnhandledError: () => undefined });
  const input = new Input({ source, formats: [MP4, QTFF, MATROSKA, WEBM] });
  try {
    const track = await pictureTrack(input);
    return new ContainerSource(input, track, await describe(file, input, track));
  } catch (error) {
    input.dispose();
    throw asVideoError(error);
  }
}

async function pictureTrack(input: Input): Promise<InputVideoTrack> {
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new MienError('video', (await input.getTracks()).length > 0 ? 'no-picture' : 'damaged', 'no video track');
  if (!(await track.canDecode())) {
    const id = (await track.getCodec()) ?? (await track.getInternalCodecId());
    throw new MienError('video', 'codec-unsupported', codecName(typeof id === 'string' ? id : ''));
  }
  return track;
}

async function describe(file: Blob, input: Input, track: InputVideoTrack): Promise<VideoInfo> {
  const rates = await track.computeFrameRateMetrics();
  if (rates.probedPacketCount === 0) throw new MienError('video', 'damaged', 'no frames');
  const end = (await track.getDurationFromMetadata()) ?? (await track.computeDuration());
  return {
    name: file instanceof File ? file.name : '',
    bytes: file.size,
    container: containerName(await input.getFormat()),
    codec: (await track.getCodecParameterString()) ?? '',
    codecName: codecName((await track.getCodec()) ?? ''),
    size: { width: await track.getDisplayWidth(), height: await track.getDisplayHeight() },
    rotationDeg: await track.getRotation(),
    startMs: Math.max(0, (await track.getFirstTimestamp()) * 1000),
    endMs: end * 1000,
    brokenOffAtMs: null,
    frameRate: rates.bestGuessFrameRate,
    variableFrameRate: !rates.frameRateIsConstant,
  };
}

function containerName(format: InputFormat): VideoContainer {
  if (format === MP4) return 'mp4';
  if (format === QTFF) return 'mov';
  return format === WEBM ? 'webm' : 'mkv';
}

function asVideoError(error: unknown): MienError {
  if (error instanceof MienError) return error as MienError;
  if (error instanceof UnsupportedInputFormatError) return new MienError('video', 'not-a-video', '', error);
  const gone = error instanceof DOMException && (error.name === 'NotReadableError' || error.name === 'NotFoundError');
  return new MienError('video', gone ? 'unreadable' : 'damaged', error instanceof Error ? error.message : '', error);
}

class ContainerSource implements VideoFileSource {
  readonly info: VideoInfo;
  readonly #input: Input;
  readonly #packets: EncodedPacketSink;
  readonly #samples: VideoSampleSink;

  constructor(input: Input, track: InputVideoTrack, info: VideoInfo) {
    this.#input = input;
    this.#packets = new EncodedPacketSink(track);
    this.#samples = new VideoSampleSink(track);
    this.info = info;
  }

  async *frames(selection: FrameSelection, { signal }: FrameReading = {}): AsyncGenerator<SourceSample, void, undefined> {
    const range = rangeOf(selection, this.info);
    const moments = momentsOf(selection, range);
    const selected = moments ? framesAtMoments(this.#samples, moments) : everyFrame(this.#samples, this.#packets, range.toMs);
    let number = 0;
    let taken = 0;
    let shownMs = -Infinity;
    /** Where decoding starts, and up to where the selection is answered. */
    let fromMs: number | null = range.fromMs;
    let doneMs = -Infinity;
    while (fromMs !== null && !signal?.aborted) {
      try {
        for await (const { sample, doneMs: answeredMs } of selected.answers(fromMs)) {
          doneMs = answeredMs;
          if (!sample) continue;
          const timestampMs = sample.timestamp * 1000;
          if (signal?.aborted || timestampMs <= shownMs) {
            sample.close();
            if (signal?.aborted) return;
            continue;
          }
          shownMs = timestampMs;
          taken++;
          yield { status: 'read', sample: number, frame: toFrame(sample), timestampMs: Math.max(0, timestampMs), frameNumber: number++ };
        }
        if (taken === 0) throw nothingFound(range);
        return;
      } catch (error) {
        if (error instanceof MienError) throw error;
        const next: EncodedPacket | null = await this.#keyAfter(Math.max(doneMs, fromMs), error);
        const lost: number = await selected.countBetween(doneMs, next ? next.timestamp * 1000 : range.toMs);
        if (!next && taken === 0) throw asVideoError(error);
        for (let i = 0; i < lost; i++) yield { status: 'left-out', sample: number++, momentMs: doneMs, reason: 'undecodable' };
        fromMs = next ? next.timestamp * 1000 : null;
        doneMs = (fromMs ?? range.toMs) - EPSILON_MS;
      }
    }
  }

  close(): void {
    this.#input.dispose();
  }

  /** Where decoding can start anew after a failure; null: nowhere. Throws where the failure was of the file itself. */
  async #keyAfter(timeMs: number, failure: unknown): Promise<EncodedPacket | null> {
    try {
      const options = { verifyKeyPackets: true };
      const current = (await this.#packets.getKeyPacket(timeMs / 1000, options)) ?? (await this.#packets.getFirstKeyPacket(options));
      return current && (await this.#packets.getNextKeyPacket(current, options));
    } catch {
      throw asVideoError(failure);
    }
  }
}

/** The sample as it is displayed; takes it over. A frame that needs no turning is not copied. */
function toFrame(sample: VideoSample): LiveFrame {
  try {
    const squarePixels = sample.pixelAspectRatio.num === sample.pixelAspectRatio.den;
    if (sample.rotation === 0 && !sample.flip && squarePixels) return sample.toVideoFrame();
    const canvas = new OffscreenCanvas(sample.displayWidth, sample.displayHeight);
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new MienError('video', 'damaged', 'no canvas to turn a frame on');
    sample.draw(context, 0, 0);
    return canvas.transferToImageBitmap();
  } finally {
    sample.close();
  }
}
