import { BufferSource, BufferTarget, EncodedPacketSink, EncodedVideoPacketSource, Input, MkvOutputFormat, MP4, Output } from 'mediabunny';

/** Muxes the video tracks of two MP4s into one MKV, the first as its default. */
export async function twoTracks(...clips: readonly [Buffer, Buffer]): Promise<Buffer> {
  const target = new BufferTarget();
  const output = new Output({ format: new MkvOutputFormat(), target });
  const inputs = clips.map((clip) => new Input({ source: new BufferSource(clip), formats: [MP4] }));
  const tracks = await Promise.all(
    inputs.map(async (input, i) => {
      const track = await input.getPrimaryVideoTrack();
      const codec = await track?.getCodec();
      if (!track || !codec) throw new Error('no video track');
      const source = new EncodedVideoPacketSource(codec);
      output.addVideoTrack(source, { disposition: { default: i === 0 } });
      return { track, source };
    }),
  );
  await output.start();
  await Promise.all(
    tracks.map(async ({ track, source }) => {
      const decoderConfig = await track.getDecoderConfig();
      for await (const packet of new EncodedPacketSink(track).packets()) await source.add(packet, decoderConfig ? { decoderConfig } : undefined);
      source.close();
    }),
  );
  await output.finalize();
  for (const input of inputs) input.dispose();
  return Buffer.from(target.buffer ?? new ArrayBuffer(0));
}
