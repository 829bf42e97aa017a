import { describe, expect, it } from 'vitest';
import { classifiedFace, frameOf, skippedFace } from '../session/observation-fixture';
import { ObservationStore } from '../session/observation-store';
import { accountFixture } from '../session/reading-fixture';
import type { SessionInfo } from '../session/session-info';
import { formatTimestamp } from '../words/timestamp';
import { gatherBlob } from './gathered-blob';
import { sessionCsvParts } from './session-csv';
import { sessionJsonParts, toSessionRecord, type SessionRecord } from './session-record';

const MODEL = { id: 'mien-s', version: '1.0.0', sha256: 'abc' };

function infoOf(store: ObservationStore, change: Partial<SessionInfo> = {}): SessionInfo {
  const { frames, framesWithFaces, newestMs } = store.getSnapshot();
  return {
    id: 'one',
    kind: 'webcam',
    name: 'A talk',
    startedAtMs: Date.UTC(2026, 6, 5, 14, 3, 9),
    durationMs: newestMs ?? 0,
    frame: { width: 640, height: 480 },
    model: MODEL,
    reading: null,
    frames,
    framesWithFaces,
    skippedFrames: 0,
    people: [],
    markers: [],
    state: 'complete',
    ...change,
  };
}

function talk(): ObservationStore {
  const store = new ObservationStore();
  store.append(frameOf(0, classifiedFace(1, 'happy', 0.94)));
  store.append(frameOf(33.4));
  store.append(frameOf(66.6, classifiedFace(1, 'happy', 0.7), classifiedFace(2, 'sad', 0.4, true)));
  store.append(frameOf(100, skippedFace(2)), { sample: 5, number: 150 });
  return store;
}

describe('toSessionRecord', () => {
  const store = talk();
  const record = toSessionRecord(infoOf(store, { skippedFrames: 1, markers: [{ atMs: 50, note: 'Smiles' }] }), store);

  it('writes the documented format', () => {
    expect(record.results[0]).toEqual({
      frame: 0,
      sample: 0,
      timestamp: '00:00:00.000',
      time_s: 0,
      faces: [
        {
          track: 1,
          person: 'Person A',
          emotion: 'happy',
          confidence: 0.94,
          label_held: 'happy',
          face_score: 0.9,
          box: [10, 20, 30, 40],
          probabilities: { angry: 0.01, disgust: 0.01, fear: 0.01, happy: 0.94, sad: 0.01, surprise: 0.01, neutral: 0.01 },
          head_pose: { yaw: 0, pitch: 0, roll: 0 },
          uncertain: false,
          uncertain_reasons: [],
          raw_probabilities: { angry: 0.01, disgust: 0.01, fear: 0.01, happy: 0.94, sad: 0.01, surprise: 0.01, neutral: 0.01 },
        },
      ],
    });
    expect(record.model).toEqual(MODEL);
    expect(record.session).toEqual({ name: 'A talk', kind: 'webcam', width: 640, height: 480 });
  });

  it('keeps frames without a face, and skipped faces with their reason', () => {
    expect(record.results[1]).toEqual({ frame: 1, sample: 1, timestamp: '00:00:00.033', time_s: 0.033, faces: [] });
    expect(record.results[3]).toEqual({
      frame: 150,
      sample: 5,
      timestamp: '00:00:00.100',
      time_s: 0.1,
      faces: [],
      skipped_faces: [{ track: 2, reason: 'face-too-small', face_score: 0.9, box: [10, 20, 30, 40] }],
    });
  });

  it('says why a face is uncertain', () => {
    expect(record.results[2]?.faces[1]).toMatchObject({ track: 2, uncertain: true, uncertain_reasons: ['no expression stands out'] });
  });

  it('summarises the session and each person', () => {
    expect(record.summary).toMatchObject({
      total_frames: 4,
      faces_detected: 2,
      skipped_frames: 1,
      duration: '00:00:00.100',
      face_observations: 3,
      dominant_emotion: 'happy',
      uncertain_share: 0.3333,
      emotion_share: { happy: 0.6667, sad: 0 },
    });
    expect(record.summary.people).toMatchObject([
      { track: 1, first_seen: '00:00:00.000', last_seen: '00:00:00.067', dominant_emotion: 'happy', emotion_changes: 0, mean_probabilities: { happy: 0.82 } },
      { track: 2, dominant_emotion: null, uncertain_share: 1 },
    ]);
    expect(record.markers).toEqual([{ timestamp: '00:00:00.050', time_s: 0.05, note: 'Smiles' }]);
  });

  it('gives the same text when written in parts', () => {
    const info = infoOf(store, { skippedFrames: 1, markers: [{ atMs: 50, note: 'Smiles' }] });
    expect(JSON.parse([...sessionJsonParts(info, store)].join(''))).toEqual(record);
  });

  it('gives a complete file for an empty session', () => {
    const empty = new ObservationStore();
    const info = infoOf(empty, { frame: null });
    expect(JSON.parse([...sessionJsonParts(info, empty)].join(''))).toMatchObject({
      results: [],
      summary: { total_frames: 0, faces_detected: 0, dominant_emotion: null, people: [] },
    });
  });
});

describe('sessionCsvParts', () => {
  const store = talk();
  const markers = [
    { atMs: 20, note: '=HYPERLINK("http://example.org")' },
    { atMs: 50, note: '' },
    { atMs: 60, note: 'a, b' },
    { atMs: 500, note: 'after the last frame' },
  ];
  const lines = [...sessionCsvParts(infoOf(store, { markers }), store)].join('').split('\r\n');

  it('has a row per face and frame, and one for a frame without faces', () => {
    expect(lines).toHaveLength(1 + 1 + 1 + 2 + 1 + 1);
    expect(lines[0]).toMatch(/^file,frame,sample,timestamp,time_s,left_out,track,person,excluded,emotion,confidence,label_held,uncertain,uncertain_reasons,face_score,box_x,/);
    expect(lines[1]).toMatch(
      /^A talk,0,0,00:00:00\.000,0,,1,Person A,false,happy,0\.94,happy,false,,0\.9,10,20,30,40,0\.01,0\.01,0\.01,0\.94,0\.01,0\.01,0\.01,0,0,0,0\.01,0\.01,0\.01,0\.94,0\.01,0\.01,0\.01,,,/,
    );
    expect(lines[1]).toMatch(/,2026-07-05T14:03:09\.000Z,mien-s,1\.0\.0,abc$/);
    expect(lines[2]).toMatch(/^A talk,1,1,00:00:00\.033,0\.033,,,.*,No face detected,/);
    expect(lines[4]).toMatch(/^A talk,2,2,00:00:00\.067,0\.067,,2,Person B,false,sad,0\.4,sad,true,no expression stands out,/);
    expect(lines[5]).toMatch(/^A talk,150,5,00:00:00\.100,0\.1,,2,,,,,,,,0\.9,10,20,30,40,,.*,face-too-small,/);
  });

  it('has the header’s number of fields in every row', () => {
    const fields = lines.slice(0, -1).map((line) => line.replace(/"(?:[^"]|"")*"/g, 'quoted').split(',').length);
    expect(new Set(fields).size).toBe(1);
  });

  it('puts every marker, guarded, into the first row at or after its time', () => {
    expect(lines[2]).toContain(`"'=HYPERLINK(""http://example.org"")"`);
    expect(lines[3]).toContain('"marker; a, b"');
    expect(lines[4]).not.toContain('marker');
    expect(lines[5]).toContain('after the last frame');
  });
});

describe('the account of a reading', () => {
  const counts = { framesAsked: 5, framesRead: 4, framesLeftOut: [{ reason: 'undecodable', count: 1 }] } as const;
  const gappy = () => {
    const store = talk();
    store.appendLeftOut({ timestampMs: 200, reason: 'undecodable' }, { sample: 6, number: null });
    return store;
  };
  const parts = (write: typeof sessionJsonParts, startedAtMs: number) => {
    const store = gappy();
    return [...write(infoOf(store, { kind: 'video', startedAtMs, reading: accountFixture({ ...counts, startedAtMs }) }), store)].join('');
  };

  it('is in the JSON, as documented', () => {
    const { reading, results } = JSON.parse(parts(sessionJsonParts, Date.UTC(2026, 10, 28, 18))) as SessionRecord;
    expect(reading).toEqual({
      source: {
        ...{ name: 'P01/webcam.mp4', bytes: 123_456, container: 'mp4', codec: 'avc1.42E01E', width: 640, height: 480 },
        ...{ duration_s: 60.1, start_s: 0 },
      },
      ...{ part_s: [0, 60.1], rate_asked: 10, frames_asked: 5, frames_read: 4, frames_left_out: [{ reason: 'undecodable', count: 1 }] },
      ...{ complete: true, search: 'thorough', smoothing_ms: 0, sensitivity: 'balanced', backend: 'wasm', app_version: '0.2.0', started: '2026-11-28T18:00:00.000Z' },
    });
    expect(results.at(-1)).toEqual({ frame: null, sample: 6, timestamp: '00:00:00.200', time_s: 0.2, left_out: 'undecodable', faces: [] });
  });

  it('is in every row of the CSV, where a left-out sample has its own row', () => {
    const rows = parts(sessionCsvParts, 0).split('\r\n').slice(1, -1);
    expect(rows).toHaveLength(6);
    for (const row of rows) expect(row).toContain(',123456,mp4,avc1.42E01E,640,480,60.1,0,,,,,0,60.1,10,5,4,1,undecodable: 1,true,thorough,0,balanced,wasm,0.2.0,');
    expect(rows.at(-1)).toMatch(/^P01\/webcam\.mp4,,6,00:00:00\.200,0\.2,undecodable,,,,/);
  });

  it('differs only in the start between two readings of the same input', () => {
    for (const write of [sessionJsonParts, sessionCsvParts]) {
      const [first, second] = [parts(write, Date.UTC(2026, 0, 1)), parts(write, Date.UTC(2027, 5, 5))];
      expect(first).not.toBe(second);
      expect(first.replaceAll('2026-01-01T00:00:00.000Z', '')).toBe(second.replaceAll('2027-06-05T00:00:00.000Z', ''));
    }
  });

  it('holds what is known of a session of version 0.1', () => {
    const store = talk();
    const { reading } = toSessionRecord(infoOf(store, { skippedFrames: 2 }), store);
    expect(reading).toMatchObject({ source: { name: 'A talk', width: 640, codec: null }, frames_asked: 6, frames_read: 4, search: null });
    expect(reading.frames_left_out).toEqual([{ reason: 'unknown', count: 2 }]);
  });
});

it('names the most probable expression separately from the label held on screen', () => {
  const store = new ObservationStore();
  const held = { ...classifiedFace(1, 'sad', 0.5), label: 'neutral', confidence: 0.08 } as const;
  store.append(frameOf(0, held));
  const [face] = toSessionRecord(infoOf(store), store).results[0]?.faces ?? [];
  expect(face).toMatchObject({ emotion: 'sad', confidence: 0.5, label_held: 'neutral' });
});

describe('people who were edited by hand', () => {
  const store = new ObservationStore();
  for (const ms of [0, 100, 200]) store.append(frameOf(ms, classifiedFace(1, 'happy', 0.9), classifiedFace(2, 'sad', 0.9), classifiedFace(3, 'fear', 0.9)));
  const people = [
    { kind: 'name', person: 1, name: 'Anna' },
    { kind: 'merge', person: 1, other: 2 },
    { kind: 'leave-out', person: 3 },
  ] as const;
  const record = toSessionRecord(infoOf(store, { people }), store);

  it('have their names in the rows, merged tracks together', () => {
    expect(record.results[0]?.faces.map(({ track, person, excluded }) => [track, person, excluded])).toEqual([
      [1, 'Anna', undefined],
      [2, 'Anna', undefined],
      [3, 'Person C', true],
    ]);
    const rows = [...sessionCsvParts(infoOf(store, { people }), store)].join('').split('\r\n');
    expect(rows.slice(1, 4).map((row) => row.split(',').slice(6, 9))).toEqual([
      ['1', 'Anna', 'false'],
      ['2', 'Anna', 'false'],
      ['3', 'Person C', 'true'],
    ]);
  });

  it('count in the summary as edited, with the edits listed', () => {
    expect(record.summary.people).toMatchObject([{ person: 'Anna', track: 1, tracks: [1, 2], face_observations: 6 }]);
    expect(record.summary).toMatchObject({ face_observations: 6, emotion_share: { fear: 0 } });
    expect(record.people_edits).toEqual([
      { kind: 'name', person: 'Person A', name: 'Anna' },
      { kind: 'merge', person: 'Person A', other: 'Person B' },
      { kind: 'leave-out', person: 'Person C' },
    ]);
  });
});

describe('formatTimestamp', () => {
  it.each([
    [0, '00:00:00.000'],
    [-0.3, '00:00:00.000'],
    [-3_723_004.2, '-01:02:03.004'],
    [59_999.6, '00:01:00.000'],
    [3_723_004, '01:02:03.004'],
    [360_000_000, '100:00:00.000'],
  ])('%d ms', (ms, text) => expect(formatTimestamp(ms)).toBe(text));
});

describe('gatherBlob', () => {
  function* numbers(count: number): Generator<string> {
    for (let i = 0; i < count; i++) yield `${i},`.padStart(40);
  }

  it('concatenates all parts in order', async () => {
    const blob = await gatherBlob(numbers(60_000), 'text/csv');
    expect(blob.type).toBe('text/csv');
    expect(await blob.text()).toBe([...numbers(60_000)].join(''));
  });

  it('yields to other tasks, and stops when aborted', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const gathering = gatherBlob(numbers(Infinity), 'text/csv', {
      signal: stop.signal,
      onProgress: (parts) => {
        seen.push(parts);
        if (seen.length === 3) stop.abort();
      },
    });
    await expect(gathering).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen).toHaveLength(3);
  });
});

it.each(['video', 'webcam'] as const)('weighs time in the summary of a %s as the data dictionary says', (kind) => {
  const store = new ObservationStore();
  const unsmoothed = classifiedFace(1, 'sad', 0.8).smoothed;
  for (const [ms, label] of [[0, 'happy'], [100, 'happy'], [200, 'sad'], [5000, 'fear'], [5100, 'fear']] as const) {
    store.append(frameOf(ms, { ...classifiedFace(1, label, 0.6), raw: unsmoothed }));
  }
  const record = toSessionRecord(infoOf(store, { kind, reading: accountFixture({ partMs: [0, 6000] }) }), store);
  const { results, reading } = record;
  const [, toS = NaN] = reading.part_s ?? [];
  const totals = new Map<string, number>();
  let [seen, sad] = [0, 0];
  for (const [i, { time_s, faces: [face] }] of results.entries()) {
    const untilS = results[i + 1]?.time_s ?? (kind === 'video' ? toS : time_s + 0.1);
    const stands = kind === 'video' ? untilS - time_s : Math.min(2, untilS - time_s);
    const label = stands > 2 ? 'sad' : (face?.label_held ?? '');
    totals.set(label, (totals.get(label) ?? 0) + stands);
    sad += stands * ((stands > 2 ? face?.raw_probabilities : face?.probabilities)?.sad ?? NaN);
    seen += stands;
  }
  const { emotion_share, mean_probabilities } = record.summary;
  for (const label of ['happy', 'sad', 'fear'] as const) expect(emotion_share[label]).toBeCloseTo((totals.get(label) ?? 0) / seen, 3);
  expect(mean_probabilities.sad).toBeCloseTo(sad / seen, 3);
});
