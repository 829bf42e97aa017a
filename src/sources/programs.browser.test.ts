import { expect, test } from 'vitest';
import { countedClip, evenly } from '../testing/counted-clip';
import { EVERY, readAll, unpacked } from '../testing/read-clip';
import { withOneProgram } from './video-file/one-program';

/** A transport stream of two programs: MPEG-2, 64×16, then H.264, five black frames of 160×16 at 10 fps; compressed. */
const TWO_PROGRAMS = [
  'H4sICJjTDmsCA3RpbnkyLnRzANWUT2gTQRjF37da28RKMm1BQcE2xYNQStJUD+ohW6UJglQK0oMoBhKai1CLiCjE3eKfag5ijBYVFZGCVg9FqegtQUSrl/ZU0UsrXsRLQEGhknG+qaUR9lqYzOFjdu',
  'awv/d4b+IxESYHPeVOUAmQJEF/nMaEn9b19h4fSg+SDev/g57orfwhacCKx8DsmBSaHVQGrDK1jpw5IE1f8YOa3Zps0uwLKMPicS/XPms+Oy2zW8yufN/MY/jbp4fGs9sIH5sBzjZmsWo/UVGcB5yi',
  'P4L6n65A/cekOnq+FsFmKec3qf1UyxUQOLMv0YAY+CMgf/PNVfnDVqEmal48sj2RK4yHOvsLo6/294cUeyQHc7yskukLPhCsVQsZkIssYMrd+k9J08kh1VVRm03VXRW12VTdVVGbTeWuUjipujrSso',
  'pdXU6xU9e2FGCQr8xzMAX/02d1p6xWYA14WO6XfdN8lfn++kOoqDbp0fMBWfmVuW/dOZqccL7eeLPtc58rn2QOq6525YLA5S1ZmNbVjpLgwuqujnl11UbU1HcmsSBYgGaf82SnyE3l+/VHWRgW56qg',
  '+XbNrgTNvr07KCsTFxzlezdnZqzDvMyk1TOizGffaaN3ZnaYmhm3TbAAzT7gzb6TfR/fY57vd23BAjS7d1epK28Qu0fWmX4l630NqffJAOfdVezRa4r9xUwWZqK/PVGNPnx673SheOncUlepm31/lz',
  'LV9/UbStXweQ1/UVYet/8FBQqpi/QNAAA=',
].join('');
const SECOND = [0, 100, 200, 300, 400];
const timesOf = (rows: readonly { readonly timeMs: number }[]) => rows.map(({ timeMs }) => Math.round(timeMs - (rows[0]?.timeMs ?? 0)));

test('of several programs, the first that can be decoded is read, wherever it is listed, and the others are named', async () => {
  const { info, rows } = await readAll(await unpacked(TWO_PROGRAMS), EVERY);
  expect(info).toMatchObject({ codecName: 'H.264', size: { width: 160, height: 16 }, recordings: 1 });
  expect(info.notRead).toEqual([{ what: 'track', atMs: null, detail: 'MPEG-2, program 1' }]);
  expect(timesOf(rows)).toEqual(SECOND);
});

test('a program that replaces several is read as the next recording', async () => {
  const next = await countedClip({ format: 'ts', codec: 'avc', timesMs: evenly(20, 10), sizeOf: () => ({ width: 160, height: 16 }) });
  const { info, rows } = await readAll([await unpacked(TWO_PROGRAMS), next], EVERY);
  expect(info).toMatchObject({ recordings: 2, notRead: [{ what: 'track', detail: 'MPEG-2, program 1' }] });
  expect(rows.map(({ shown }) => shown)).toEqual([...SECOND.map(() => 0), ...Array.from({ length: 20 }, (_, i) => i)]);
});

test('a program that only later tables list is named', async () => {
  const { file } = await withOneProgram({ file: await unpacked(TWO_PROGRAMS), cutShort: false, lacksBytes: false, holesMs: [] });
  const { info, rows } = await readAll(file, EVERY);
  expect(timesOf(rows)).toEqual(SECOND);
  expect(info).toMatchObject({ recordings: 1, notRead: [{ what: 'track', atMs: null, detail: 'MPEG-2, program 1' }] });
});
