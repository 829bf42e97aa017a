import { expect, test } from 'vitest';
import { readVideo } from '../api/video-reading';
import { ClipAnalysis } from '../app/video/clip-analysis';
import { sessionFile } from '../app/files/session-file';
import { oneFace } from '../../scripts/drawn-faces/scenes';
import type { SessionRecord } from '../export/session-record';
import { onlyEngine } from '../reading/engine-source';
import { openVideo } from '../sources/open-video';
import { countedClip } from './counted-clip';
import { drawScene } from './drawn-picture';
import { sharedEngine } from './engine';

const SMOOTHING_MS = 250;

test('page and program read the same in a clip of 6.006 s, whole and in part', async () => {
  const engine = await sharedEngine();
  const source = onlyEngine(engine, await engine.health());
  const picture = await drawScene(oneFace('happy'));
  const timesMs = Array.from({ length: 6 }, (_, i) => i * 1001);
  const file = new File([await countedClip({ format: 'mp4', codec: 'avc', timesMs, sizeOf: () => ({ width: picture.width, height: picture.height }), paint: () => picture })], 'ntsc.mp4');
  const opened = await openVideo(file);
  const { info } = opened;
  opened.close();

  for (const [fromMs, toMs, duration] of [[0, info.endMs, '00:00:06.006'], [2500, 4000, '00:00:01.500']] as const) {
    const wish = { framesPerSecond: 1, search: 'thorough', fromMs, toMs } as const;
    const analysis = new ClipAnalysis({ file, name: file.name, info, wish, smoothingMs: SMOOTHING_MS, sensitivity: 'eager', engine: source });
    expect(await analysis.run()).toEqual({ how: 'complete' });
    const session = analysis.session();
    const byPage = JSON.parse(session ? await (await sessionFile(session, analysis.store, 'json')).text() : '') as SessionRecord;
    const byProgram = await readVideo(file, { engine: source, smoothingMs: SMOOTHING_MS, sensitivity: 'eager', stream: `same-${fromMs}`, frameRate: 1, fromMs, toMs });
    expect(byPage.summary).toMatchObject({ duration, faces_detected: byPage.results.length });
    expect({ ...byProgram, reading: { ...byProgram.reading, started: byPage.reading.started } }).toEqual(byPage);
  }
});
