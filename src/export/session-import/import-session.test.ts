import { describe, expect, it } from 'vitest';
import { EXPRESSIONS, toProbabilities } from '../../engine/labels';
import { CONCERN_KINDS, HIDDEN_PARTS } from '../../engine/types';
import { classifiedFace, frameOf, skippedFace } from '../../session/observation-fixture';
import { toColumns } from '../../session/observation-columns';
import { ObservationStore } from '../../session/observation-store';
import { accountFixture, SETUP } from '../../session/reading-fixture';
import { LONGEST_LIVE_MS } from '../../session/series-clock';
import { BATCH_0_1, SESSION_0_1 } from '../../session/session-0-1-fixture';
import type { SessionInfo } from '../../session/session-info';
import { sessionCsvParts } from '../session-csv';
import { sessionJsonParts, toSessionRecord } from '../session-record';
import { importSession } from './import-session';

type Session = { readonly info: SessionInfo; readonly store: ObservationStore };

const MODEL = { id: 'mien-s', version: '1.0.0', sha256: 'abc' };

/** Seeded pseudo-random numbers between 0 and 1. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => ((state = (state * 48_271) % 2_147_483_647) / 2_147_483_647);
}

/** Faces with varied values, at times that are not whole milliseconds. */
function store(kind: SessionInfo['kind']): ObservationStore {
  const next = numbers(7);
  const scores = () => {
    const values = EXPRESSIONS.map(() => next() ** 3 + 1e-6);
    const sum = values.reduce((a, b) => a + b);
    return toProbabilities(values.map((value) => value / sum));
  };
  const grown = new ObservationStore(Infinity, kind === 'webcam' ? LONGEST_LIVE_MS : Infinity);
  for (let i = 0; i < 400; i++) {
    const timestampMs = (kind === 'video' ? -1500 : 0) + i * 33.366_7 + (i > 200 ? 5000.4 : 0);
    if (i % 29 === 0) {
      grown.appendLeftOut({ timestampMs, reason: kind === 'webcam' ? 'no-picture' : 'undecodable' });
      continue;
    }
    const faces = [1, 2, 30].slice(0, i % 4).map((track) => {
      const label = EXPRESSIONS[Math.floor(next() * 7)] ?? 'neutral';
      const concerns = CONCERN_KINDS.filter(() => next() < 0.05).map((concern) => ({ kind: concern, value: next() * 90, ...(concern === 'covered' && next() < 0.8 && { part: HIDDEN_PARTS[Math.floor(next() * 3)] ?? 'mouth' }), ...(concern === 'other-class' && { name: 'tongue out' }) }));
      const smoothed = scores();
      const headPose = { yawDeg: next() * 90 - 45, pitchDeg: -next(), rollDeg: next() };
      const box = { ...classifiedFace(1, 'sad').box, x: next() * -9, y: next() * 400 };
      return { ...classifiedFace(track, label), raw: scores(), smoothed, confidence: smoothed[label], score: next(), concerns, uncertain: concerns.length > 0 || next() < 0.3, headPose, box };
    });
    grown.append(frameOf(timestampMs, ...faces, ...(i % 7 === 0 ? [skippedFace(31)] : [])));
  }
  return grown;
}

function session(kind: SessionInfo['kind'], change: Partial<SessionInfo> = {}): Session {
  const observed = store(kind);
  const { framesRead: frames, framesWithFaces, framesLeftOut: skippedFrames, newestMs } = observed.getSnapshot();
  const durationMs = (newestMs ?? 0) + 12.34;
  const info: SessionInfo = {
    ...{ id: 'one', kind, name: 'Grüße “zwei”', startedAtMs: SETUP.startedAtMs ?? 0, durationMs, frame: { width: 640, height: 480 }, model: MODEL },
    reading: accountFixture({ partMs: [0, durationMs], framesAsked: frames + skippedFrames, framesRead: frames, framesLeftOut: [{ reason: 'undecodable', count: skippedFrames }] }),
    ...{ frames, framesWithFaces, skippedFrames, state: 'complete' },
    markers: [{ atMs: 100.123_4, note: '- looks away, "so to say"' }, { atMs: 5033.3667, note: '' }],
    people: [
      { kind: 'name', person: 1, name: 'Anna' },
      { kind: 'split', person: 2, atMs: 166.833_5, into: 31 },
      { kind: 'merge', person: 1, other: 30 },
      { kind: 'leave-out', person: 31 },
      { kind: 'take-in', person: 31 },
      { kind: 'keep-apart', person: 1, other: 2 },
      { kind: 'neutral', person: 1, fromMs: 0.4, toMs: 100.6, probabilities: classifiedFace(1, 'sad', 0.700_04).smoothed, readings: 7 },
      { kind: 'neutral', person: 2, fromMs: null, toMs: null, probabilities: classifiedFace(1, 'angry', 0.6).smoothed, readings: 50 },
      { kind: 'no-neutral', person: 2 },
    ],
    ...change,
  };
  observed.end(kind === 'video' ? durationMs : null);
  return { info, store: observed };
}

function version01(): Session {
  const columns = toColumns(BATCH_0_1);
  const observed = new ObservationStore(Infinity, LONGEST_LIVE_MS);
  if (columns) observed.appendColumns(columns);
  observed.end(null);
  return { info: { ...(SESSION_0_1 as unknown as SessionInfo), reading: null, people: [] }, store: observed };
}

const textOf = ({ info, store: observed }: Session) => [...sessionJsonParts(info, observed)].join('');
const SOUND = textOf(session('video'));

describe('importing a session’s JSON', () => {
  const kinds: Readonly<Record<string, Session>> = {
    'a webcam recording': session('webcam', { reading: accountFixture({ source: { ...SETUP.source, bytes: null, container: null, codec: null }, search: 'fast', sensitivity: 'eager', rateAsked: 'every' }) }),
    'an analysed video': session('video'),
    'a recording whose settings were changed': session('webcam', {
      reading: accountFixture({ sensitivity: 'eager', laterSensitivities: ['cautious', 'balanced'], smoothingMs: 250, laterSmoothingsMs: [0, 500], laterBackends: ['webgl', 'cpu'] }),
    }),
    'a reading by a model without sensitivity': session('video', { reading: accountFixture({ sensitivity: null }) }),
    'a reading that was stopped': session('video', { reading: accountFixture({ ending: 'stopped', framesLeftOut: [{ reason: 'stopped', count: 601 }], framesRead: 0 }) }),
    'a file that breaks off': session('video', { reading: accountFixture({ source: { ...SETUP.source, brokenOffAtMs: 400.4, startMs: -33.3 } }) }),
    'a file that holds more than was read': session('video', {
      reading: accountFixture({ source: { ...SETUP.source, track: 1, recordings: 2, notRead: [{ what: 'recording', atMs: 400.4, detail: 'no-index' }] } }),
    }),
    'a session of version 0.1': version01(),
    'a session without a frame': { info: { ...session('webcam').info, frame: null, frames: 0, framesWithFaces: 0, skippedFrames: 0, markers: [], people: [] }, store: new ObservationStore() },
  };

  it.each(Object.keys(kinds))('restores %s, whose export has the same bytes', async (kind) => {
    const original = kinds[kind];
    if (!original) throw new Error(kind);
    const imported = await importSession(new Blob([textOf(original)]));
    expect(textOf(imported)).toBe(textOf(original));
    expect(imported.isSame).toBe(true);
    expect([...sessionCsvParts(imported.info, imported.store)].join('')).toBe([...sessionCsvParts(original.info, original.store)].join(''));
    expect(imported.info.id).not.toBe(original.info.id);
  });

  it('accepts a reformatted file, and reports the difference', async () => {
    const original = session('video');
    const imported = await importSession(new Blob([JSON.stringify(toSessionRecord(original.info, original.store), null, 2)]));
    expect(imported.isSame).toBe(false);
    expect(textOf(imported)).toBe(SOUND);
  });

  it('cuts names and notes that are too long to be shown, and reports the difference', async () => {
    const [long, name] = ['🙂'.repeat(1000), `${'🙂'.repeat(149)}…`];
    const original = session('webcam', { name: long, markers: [{ atMs: 50, note: long }] });
    const { info, isSame } = await importSession(new Blob([textOf(original)]));
    expect([info.name, info.markers, isSame]).toEqual([name, [{ atMs: 50, note: name }], false]);
  });

  it('accepts a file of version 0.1, with clock times and no account of the reading', async () => {
    const zeros = Object.fromEntries(EXPRESSIONS.map((e) => [e, 0]));
    const face = { ...{ track: 1, emotion: 'happy', confidence: 0.9, box: [1, 2, 30, 40] }, probabilities: { ...zeros, happy: 0.9, sad: 0.1 }, raw_probabilities: { ...zeros, happy: 1 }, head_pose: { yaw: 1, pitch: 2, roll: 3 }, uncertain: false, uncertain_reasons: [] };
    const old = {
      session: { name: 'Webcam', kind: 'webcam', started_at: '2026-11-27T10:00:00.000Z', width: 640, height: 480 },
      results: [
        { frame: 0, timestamp: '00:00:00.000', faces: [face] },
        { frame: 7, timestamp: '00:01:00.250', faces: [], skipped_faces: [{ track: 2, reason: 'face-too-small', box: [5, 6, 7, 8] }] },
      ],
      markers: [{ timestamp: '00:00:30.500', note: 'film' }],
      summary: { total_frames: 2, faces_detected: 1, skipped_frames: 0, duration: '00:01:00.500', people: [] },
      model: { id: 'm', version: '1', sha256: 'abc' },
    };
    const { info, store } = await importSession(new Blob([JSON.stringify(old)]));
    expect(info).toMatchObject({ name: 'Webcam', reading: null, durationMs: 60_500, startedAtMs: Date.parse('2026-11-27T10:00:00Z'), markers: [{ atMs: 30_500, note: 'film' }] });
    expect([...store.framesFrom(0)].map(({ timestampMs, number, faces, skipped }) => [timestampMs, number, faces.map(({ label }) => label), skipped.length])).toEqual([[0, 0, ['happy'], 0], [60_250, 7, [], 1]]);
  });

  it('accepts a file that does not say which sensitivity read it', async () => {
    const older = SOUND.replace('"sensitivity":"balanced",', '');
    expect(older).not.toBe(SOUND);
    const { info } = await importSession(new Blob([older]));
    expect(info.reading).toMatchObject({ sensitivity: null, backend: 'wasm' });
  });

  it('detects edits to values derived from the frames', async () => {
    const changed = SOUND.replace(/"uncertain_share":0\.\d+/, '"uncertain_share":0.99');
    expect(await importSession(new Blob([changed]))).toMatchObject({ isSame: false });
  });

  it.each([
    ['not-json', '', 'nothing at all'],
    ['not-json', '', '\u0089PNG\r\n'],
    ['foreign', '', '{"results": {}}'],
    ['foreign', '', '[1, 2]'],
    ['foreign', '', 'null'],
    ['pictures', '', '[{"file": "a.jpg", "faces": []}]'],
    ['damaged', 'session', SOUND.slice(0, 40)],
    ['damaged', 'results[5]', SOUND.slice(0, SOUND.indexOf('"sample":5'))],
    ['damaged', 'session', SOUND.slice(0, -9)],
    ['damaged', 'results[2].faces[1].box[0]', SOUND.replace(/("sample":2,.*?"box":\[.*?"box":\[)-?\d+/, '$1"wide"')],
    ['damaged', 'results[3].time_s', SOUND.replace(/("sample":3,.*?"time_s":)[-\d.]+/, '$1-1.49')],
    ['damaged', 'results[3].time_s', SOUND.replace(/("sample":3,.*?"time_s":)[-\d.]+/, '$1 1e300')],
    ['damaged', 'summary.duration_s', SOUND.replace(/("summary":.*?"duration_s":)[\d.]+/, '$1 1e300')],
    ['damaged', 'markers[1].time_s', SOUND.replace(/("markers":\[.*?"time_s":.*?"time_s":)[-\d.]+/, '$1"late"')],
    ['too-many-markers', '100001', SOUND.replace(/"markers":\[.*\]/, `"markers":[${'{"time_s":1,"note":""},'.repeat(100_000)}{"time_s":1,"note":""}]`)],
    ['damaged', 'people_edits[0].person', SOUND.replace('"people_edits":[{"kind":"name","person":"Person A"', '"people_edits":[{"kind":"name","person":"Anna"')],
    ['damaged', 'reading.sensitivity', SOUND.replace('"sensitivity":"balanced"', '"sensitivity":"brave"')],
    ['damaged', 'reading.smoothing_ms', SOUND.replace(/"smoothing_ms":\d+/, '"smoothing_ms":"250, soon"')],
    ['damaged', 'reading.backend', SOUND.replace('"backend":"wasm"', '"backend":"wasm, abacus"')],
    ['damaged', 'reading.started', SOUND.replace(/"started":"[^"]*"/, '"started":"soon"')],
  ])('is refused as %s, at “%s”', async (reason, detail, text) => {
    await expect(importSession(new Blob([text]))).rejects.toMatchObject({ kind: 'session-file', reason, detail });
  });

  it('gives thousands of markers back as they were', async () => {
    const original = session('webcam', { markers: Array.from({ length: 2500 }, (_, i) => ({ atMs: i, note: `${i}` })) });
    const text = [...sessionJsonParts(original.info, original.store)].join('');
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(toSessionRecord(original.info, original.store))));
    const { info, isSame } = await importSession(new Blob([text]));
    expect([info.markers, isSame]).toEqual([original.info.markers, true]);
  });

  it('stops when aborted', async () => {
    const stop = new AbortController();
    stop.abort();
    const long = SOUND.replace('"results":[\n', `"results":[\n${'{"frame":0,"sample":0,"time_s":0,"faces":[]},\n'.repeat(100_000)}`);
    await expect(importSession(new Blob([long]), { signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});
