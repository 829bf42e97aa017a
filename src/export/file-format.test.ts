import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unzipSync } from 'fflate';
import { classifiedFace, frameOf, skippedFace } from '../session/observation-fixture';
import { ObservationStore } from '../session/observation-store';
import type { PeopleEdits } from '../session/people-edits';
import { pictureAccount, pictureSource } from '../session/reading-account';
import { accountFixture, SETUP } from '../session/reading-fixture';
import type { SessionInfo } from '../session/session-info';
import { PHOTO_COLUMNS } from './photo-csv';
import { photosToJson, toPhotoRecord } from './photo-record';
import { bundleEntries, combinedCsvParts, type BundledSession } from './session-bundle';
import { BASELINE_COLUMNS, ROW_COLUMNS, SESSION_COLUMNS } from './session-csv';
import { toSessionRecord } from './session-record';
import { zipBlob } from './zip-blob';

const DOCS = join(import.meta.dirname, '../../docs');
const MODEL = { id: 'mien-s', version: '1.0.0', sha256: 'abc' };
const DICTIONARY = readFileSync(join(DOCS, 'data-dictionary.md'), 'utf8');
const NOTES = ['- looks away, "so to say"', '=HYPERLINK("http://example.org")', 'Grüße\nzwei'];

const EDITS: PeopleEdits = [
  { kind: 'name', person: 1, name: '=Anna' },
  { kind: 'merge', person: 1, other: 4 },
  { kind: 'split', person: 1, atMs: 250, into: 5 },
  { kind: 'leave-out', person: 2 },
  { kind: 'take-in', person: 2 },
  { kind: 'keep-apart', person: 1, other: 2 },
  { kind: 'leave-out', person: 3 },
  { kind: 'neutral', person: 1, fromMs: 0, toMs: 100, probabilities: classifiedFace(1, 'sad', 0.7).smoothed, readings: 3 },
  { kind: 'no-neutral', person: 2 },
];

type Schema = Readonly<Record<string, unknown>>;

function schemaOf(name: 'photo' | 'session'): Schema {
  return JSON.parse(readFileSync(join(DOCS, `schema/${name}.schema.json`), 'utf8')) as Schema;
}

function validatorOf(name: 'photo' | 'session'): ValidateFunction {
  return new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schemaOf(name));
}

function expectValid(validate: ValidateFunction, value: unknown): void {
  validate(structuredClone(value));
  expect(validate.errors).toBeNull();
}

/** A clip with every optional content. */
function clip(name: string): { readonly info: SessionInfo; readonly store: ObservationStore } {
  const store = new ObservationStore();
  store.append(frameOf(0, classifiedFace(1, 'happy', 0.9), classifiedFace(3, 'sad', 0.9)), { sample: 0, number: 0 });
  store.append(frameOf(100, { ...classifiedFace(1, 'happy', 0.3, true), concerns: [{ kind: 'covered', value: 0.8, part: 'mouth' }] }, skippedFace(2)), { sample: 1, number: 3 });
  store.appendLeftOut({ timestampMs: 200, reason: 'undecodable' }, { sample: 2, number: null });
  store.append(frameOf(300), { sample: 3, number: 9 });
  const { source } = SETUP;
  const reading = accountFixture({
    source: {
      ...{ ...source, name, brokenOffAtMs: 400, track: 1, recordings: 2 },
      notRead: [
        { what: 'track', atMs: null, detail: 'H.264, 320 × 240' },
        { what: 'end-of-recording', atMs: 200, detail: '' },
      ],
    },
    ...{ partMs: [0, 400], framesAsked: 4, framesRead: 3, framesLeftOut: [{ reason: 'undecodable', count: 1 }] },
  });
  const info: SessionInfo = {
    ...{ id: name, kind: 'video', name, startedAtMs: 0, durationMs: 400, frame: { width: 640, height: 480 }, model: MODEL, reading },
    ...{ frames: 3, framesWithFaces: 2, skippedFrames: 1, people: EDITS, markers: NOTES.map((note, i) => ({ atMs: i * 150, note })), state: 'complete' },
  };
  return { info, store };
}

/** A clip without faces or notes. */
function emptyClip(name: string): ReturnType<typeof clip> {
  const store = new ObservationStore();
  store.append(frameOf(0), { sample: 0, number: 0 });
  return { info: { ...clip(name).info, framesWithFaces: 0, people: [], markers: [] }, store };
}

const bundleOf = (load: typeof clip): readonly BundledSession[] =>
  ['P01', 'P02'].map((folder) => ({ stem: `${folder}_webcam`, relative: true, load: () => Promise.resolve(load(`${folder}/webcam.mp4`)) }));
const BUNDLE = bundleOf(clip);

function photoRecords() {
  const frame = { width: 640, height: 480 };
  const { sensitivity, backend, search, appVersion, startedAtMs } = SETUP;
  const setupOf = (name: string, size: typeof frame | null) => {
    return { source: pictureSource({ name, bytes: 9, container: 'png' }, size), sensitivity, backend, search, appVersion, startedAtMs };
  };
  return [
    toPhotoRecord({ result: frameOf(0, classifiedFace(0, 'sad'), skippedFace(0)), reading: pictureAccount(setupOf('a/b.png', frame), null) }, MODEL),
    toPhotoRecord({ result: frameOf(0), notFaces: [classifiedFace(0, 'angry')], reading: pictureAccount({ ...setupOf('c.png', frame), sensitivity: null }, null) }, MODEL),
    toPhotoRecord({ failure: 'This picture is damaged', reading: pictureAccount(setupOf('d.png', null), 'undecodable') }, MODEL),
    toPhotoRecord({ result: null, reading: pictureAccount({ ...setupOf('e.png', null), startedAtMs: null }, 'stopped') }, MODEL),
  ];
}

/** All object keys that a schema allows. */
function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {} } = schema as { readonly properties?: object };
  return [...Object.keys(properties), ...Object.values(schema).flatMap(keysOf)];
}

function keysWithin(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return [...own, ...Object.values(value).flatMap(keysWithin)];
}

describe('the schemas', () => {
  it('accept every file that the app writes', () => {
    const { info, store } = clip('P01/webcam.mp4');
    const session = validatorOf('session');
    expectValid(session, JSON.parse(JSON.stringify(toSessionRecord(info, store))));
    expectValid(session, JSON.parse(JSON.stringify(toSessionRecord({ ...info, reading: null, frame: null, markers: [] }, new ObservationStore()))));
    const changed = toSessionRecord({ ...info, reading: accountFixture({ laterSensitivities: ['eager', 'cautious'], laterSmoothingsMs: [250, 12.5], laterBackends: ['webgl'] }) }, store);
    expect(changed.reading).toMatchObject({ sensitivity: 'balanced, eager, cautious', smoothing_ms: '0, 250, 12.5', backend: 'wasm, webgl' });
    expectValid(session, JSON.parse(JSON.stringify(changed)));
    const photo = validatorOf('photo');
    const records = photoRecords();
    expect(records.map(({ reading }) => reading.sensitivity)).toEqual(['balanced', null, 'balanced', 'balanced']);
    expectValid(photo, JSON.parse(photosToJson(records)));
    for (const record of records) expectValid(photo, JSON.parse(photosToJson([record])));
  });

  it('declare no key that is never written', () => {
    const { info, store } = clip('P01/webcam.mp4');
    expect(new Set(keysOf(schemaOf('session')))).toEqual(new Set(keysWithin(toSessionRecord(info, store))));
    const written = new Set(keysWithin(photoRecords()));
    expect(new Set(keysOf(schemaOf('photo')).filter((key) => !written.has(key)))).toEqual(new Set(['broken_off_s', 'track', 'recordings', 'not_read', 'what', 'at_s', 'detail']));
  });

  it('reject a file with an undocumented key or value', () => {
    const { info, store } = clip('P01/webcam.mp4');
    const record = toSessionRecord(info, store);
    const validate = validatorOf('session');
    expect(validate({ ...record, mood: 'good' })).toBe(false);
    expect(validate({ ...record, reading: { ...record.reading, frames_read: -1 } })).toBe(false);
    expect(validatorOf('photo')([{ file: 'a.jpg' }])).toBe(false);
  });
});

describe('the data dictionary', () => {
  const explained = new Set(Array.from(DICTIONARY.matchAll(/`([\w.]+)`/g), ([, name]) => name));

  it('explains every column and every key', () => {
    const columns = [...ROW_COLUMNS, ...BASELINE_COLUMNS, ...SESSION_COLUMNS, ...PHOTO_COLUMNS].map(({ name }) => name);
    const keys = [...keysOf(schemaOf('photo')), ...keysOf(schemaOf('session'))];
    const missing = new Set([...columns, ...keys].filter((name) => !explained.has(name)));
    expect(missing).toEqual(new Set());
  });
});

describe('a bundle of clips', () => {
  it('is a ZIP of JSON and CSV of each, the table of all and the dictionary, with the same bytes each time', async () => {
    const twice = await Promise.all([1, 2].map(async () => new Uint8Array(await (await zipBlob(bundleEntries(BUNDLE, DICTIONARY, { byteOrderMark: false }))).arrayBuffer())));
    const [first = new Uint8Array(), second] = twice;
    expect(first).toEqual(second);
    const files = unzipSync(first);
    expect(Object.keys(files)).toEqual(['all-clips.csv', 'P01_webcam.json', 'P01_webcam.csv', 'P02_webcam.json', 'P02_webcam.csv', 'data-dictionary.md']);
    const textOf = (name: string) => new TextDecoder().decode(files[name]);
    expectValid(validatorOf('session'), JSON.parse(textOf('P02_webcam.json')));
    const rowsOf = (name: string) => textOf(name).trimEnd().split('\r\n').slice(1);
    expect(rowsOf('all-clips.csv')).toEqual([...rowsOf('P01_webcam.csv'), ...rowsOf('P02_webcam.csv')]);
    expect(textOf('data-dictionary.md')).toBe(DICTIONARY);
  });

  it('begins with a byte-order mark if requested for Excel', async () => {
    const parts = [];
    for await (const part of combinedCsvParts(BUNDLE, { byteOrderMark: true })) parts.push(part);
    expect(parts[0]).toMatch(/^\uFEFFfile,frame,/);
    expect(parts.slice(1).join('')).not.toContain('\uFEFF');
  });

  it('stops when aborted', async () => {
    const stop = new AbortController();
    const stopping: BundledSession = { stem: 'a', relative: false, load: () => (stop.abort(), Promise.resolve(clip('a'))) };
    const entries = bundleEntries([stopping, stopping], '', { byteOrderMark: false });
    await expect(zipBlob(entries, { signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

const PYTHON = [process.env['MIEN_PYTHON'], '.cache/training-venv/bin/python', 'python3'].find((python) => {
  return python !== undefined && spawnSync(python, ['-c', 'import pandas']).status === 0;
});

const HAS_R = spawnSync('Rscript', ['-e', 'library(jsonlite)']).status === 0;

/** Runs a language's documented lines, then `probe`, in the folder of a bundle; returns the last output line parsed as JSON. */
async function printed(language: 'python' | 'r', run: (lines: string, folder: string) => string, bundle = BUNDLE): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'mien-lines-'));
  try {
    const zip = unzipSync(new Uint8Array(await (await zipBlob(bundleEntries(bundle, DICTIONARY, { byteOrderMark: true }))).arrayBuffer()));
    for (const [name, bytes] of Object.entries(zip)) writeFileSync(join(folder, name), bytes);
    const [, lines = ''] = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readFileSync(join(DOCS, 'reading-the-files.md'), 'utf8')) ?? [];
    return JSON.parse(run(lines, folder).trimEnd().split('\n').at(-1) ?? '');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const ONE = { 'P01/webcam.mp4': 1, 'P02/webcam.mp4': 1 };

describe('the documented lines', () => {
  // Skipped without pandas (`pip install -r training/requirements-pandas.txt`).
  it.skipIf(PYTHON === undefined)('of pandas read the files, with notes as they were typed', async () => {
    const python = existsSync(PYTHON ?? '') ? resolve(PYTHON ?? '') : (PYTHON ?? '');
    const run = (probe: string) => (lines: string, cwd: string) => execFileSync(python, ['-c', `${lines}\n${probe}`], { cwd, encoding: 'utf8' });
    const probe = 'print(json.dumps([shares["happy"].to_dict(), left_out.to_dict(), notes.tolist(), len(frames)]))';
    expect(await printed('python', run(probe))).toEqual([ONE, ONE, [...NOTES, ...NOTES], 3]);
    // Also without faces and notes.
    expect(await printed('python', run('print(json.dumps([notes.tolist(), len(frames)]))'), bundleOf(emptyClip))).toEqual([[], 0]);
  });

  // Skipped without R and jsonlite (`apt install r-base-core r-cran-jsonlite`).
  it.skipIf(!HAS_R)('of R read the same', async () => {
    const probe = 'cat("\\n", toJSON(list(as.list(shares[, "happy"]), as.list(left_out), notes), auto_unbox = TRUE), sep = "")';
    expect(await printed('r', (lines, cwd) => execFileSync('Rscript', ['-e', `${lines}\n${probe}`], { cwd, encoding: 'utf8' }))).toEqual([ONE, ONE, [...NOTES, ...NOTES]]);
  });
});
