import { BufferTarget, MkvOutputFormat, Mp4OutputFormat, Output, TextSubtitleSource } from 'mediabunny';
import { expect, test } from 'vitest';
import { openVideo } from './open-video';

test.each([
  ['MP4', new Mp4OutputFormat()],
  ['MKV', new MkvOutputFormat()],
])('an %s with subtitles alone is said to have no video track', async (_name, format) => {
  const target = new BufferTarget();
  const output = new Output({ format, target });
  const source = new TextSubtitleSource('webvtt');
  output.addSubtitleTrack(source);
  await output.start();
  await source.add('WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n');
  await output.finalize();
  await expect(openVideo(new Blob([target.buffer ?? '']))).rejects.toMatchObject({ kind: 'video', reason: 'no-picture' });
});
