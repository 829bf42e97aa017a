import { BufferSource, BufferTarget, EncodedPacket, EncodedVideoPacketSource, Input, MATROSKA, MkvOutputFormat, Mp4OutputFormat, MP4, Output } from 'mediabunny';
import { expect, it } from 'vitest';
import { listWithKeys } from './packet-list';
import { TrackPackets } from './track-packets';

/** First bytes of VP8 frames. */
const KEY = [0x10, 2, 0];
const DELTA = [0x31, 2, 0];

/** Lists a VP8 film of these frames, with the types that its container states. */
async function listed(format: 'mkv' | 'mp4', frames: readonly (readonly [stated: 'key' | 'delta', bytes: readonly number[]])[]) {
  const target = new BufferTarget();
  const output = new Output({ format: format === 'mkv' ? new MkvOutputFormat() : new Mp4OutputFormat(), target });
  const source = new EncodedVideoPacketSource('vp8');
  output.addVideoTrack(source);
  await output.start();
  for (const [i, [stated, bytes]] of frames.entries()) {
    await source.add(new EncodedPacket(Uint8Array.from(bytes), stated, i / 10, 0.1), { decoderConfig: { codec: 'vp8', codedWidth: 16, codedHeight: 16 } });
  }
  await output.finalize();
  const file = new Blob([target.buffer ?? new ArrayBuffer(0)]);
  const input = new Input({ source: new BufferSource(await file.arrayBuffer()), formats: [MATROSKA, MP4] });
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new Error('no track');
  const list = await listWithKeys(new TrackPackets([track]), { file, cutShort: false, lacksBytes: false, holesMs: [] }, track, format === 'mp4');
  input.dispose();
  return list;
}

const keysOf = ({ listed: packets }: Awaited<ReturnType<typeof listed>>) => packets.map(({ key }) => key);

it('finds no key frame in packets without data', async () => {
  expect(keysOf(await listed('mkv', [['key', KEY], ['delta', DELTA], ['delta', []], ['key', []], ['key', DELTA], ['key', KEY]]))).toEqual([true, false, false, false, false, true]);
});

it.each([
  ['some are stated', ['key', 'delta', 'key'], false, [true, false, true]],
  ['all are stated', ['key', 'key', 'key'], true, [true, false, false]],
] as const)('examines the frames of an MP4 only if it states all or none: %s', async (_case, stated, examined, keys) => {
  const list = await listed('mp4', stated.map((type, i) => [type, i === 0 ? KEY : DELTA]));
  expect(list.examined).toBe(examined);
  expect(keysOf(list)).toEqual(keys);
});
