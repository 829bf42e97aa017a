import { expect, it } from 'vitest';
import { LUMINANCE_BYTES } from '../faces';
import { readData, type DataFile } from './read-data';

const textFile = (path: string, text: string): DataFile => ({ path, content: new Blob([text]) });
const pixels = (value: number) => Array.from({ length: LUMINANCE_BYTES }, () => value).join(' ');
const quiet = () => undefined;

it('reads the pixels of fer2013.csv, and lists the lines that have none', async () => {
  const csv = ['emotion,pixels,Usage', `3,${pixels(7)},Training`, '4,1 2 3,Training', `6,${pixels(9)},PublicTest`].join('\n');
  const { items, luminance, leftOut } = await readData([textFile('fer2013.csv', csv)], quiet);
  expect(items.map(({ name, label, columns, path }) => [name, label, columns['usage'], path])).toEqual([
    ['line 2', '3', 'Training', null],
    ['line 4', '6', 'PublicTest', null],
  ]);
  expect([luminance.length, luminance[0], luminance[LUMINANCE_BYTES]]).toEqual([2 * LUMINANCE_BYTES, 7, 9]);
  expect(leftOut).toEqual([{ status: 'left-out', name: 'line 3', reason: 'bad-pixels' }]);
});

it('takes labels.csv for the table, and pictures by the ends of their paths', async () => {
  const files = [textFile('set/other.csv', 'a,b'), textFile('set/labels.csv', 'file,label\nhappy/1.png,happy\nhappy/2.png,happy'), textFile('set/happy/1.png', '')];
  const { items, leftOut } = await readData(files, quiet);
  expect(items).toMatchObject([{ path: 'set/happy/1.png', label: 'happy' }]);
  expect(leftOut).toMatchObject([{ name: 'line 3', reason: 'no-file' }]);
});

it('reads the tables of all parts, and none that is about something else', async () => {
  const pictures = ['set/train/1/a.jpg', 'set/test/2/b.jpg'].map((path) => textFile(path, ''));
  const tables = [textFile('set/results.csv', 'epoch,loss\n1,0.5'), textFile('set/test_labels.csv', 'image,label\nb.jpg,2'), textFile('set/train_labels.csv', 'image,label\na.jpg,1')];
  const both = await readData([...tables, ...pictures], quiet);
  expect(both.items.map(({ path, label }) => [path, label])).toEqual([['set/test/2/b.jpg', '2'], ['set/train/1/a.jpg', '1']]);
  const { items } = await readData([textFile('set/results.csv', 'epoch,loss\n1,0.5'), ...pictures], quiet);
  expect(items.map(({ label }) => label)).toEqual(['1', '2']);
});

it('tells why where nothing is a picture', async () => {
  const { items, leftOut } = await readData([textFile('fer2013.csv', 'emotion,pixels\n3,1 2 3'), textFile('notes.txt', 'x')], quiet);
  expect(items).toEqual([]);
  expect(leftOut.map(({ name, reason }) => [name, reason])).toEqual([['line 2', 'bad-pixels'], ['notes.txt', 'no-picture']]);
});

it('reads no face twice where tables repeat it', async () => {
  const csv = ['emotion,pixels', `3,${pixels(7)}`].join('\n');
  expect((await readData([textFile('fer2013.csv', csv), textFile('icml_face_data.csv', csv)], quiet)).items).toHaveLength(1);
  const table = 'image,label\na.jpg,1';
  const { items } = await readData([textFile('set/all.csv', table), textFile('set/train.csv', table), textFile('set/a.jpg', '')], quiet);
  expect(items).toHaveLength(1);
});

it('takes the labels of a folder from its subfolders', async () => {
  const { items } = await readData([textFile('set/sad/p1/a.jpg', ''), textFile('set/notes.txt', '')], quiet);
  expect(items).toMatchObject([{ label: 'sad', person: 'p1', path: 'set/sad/p1/a.jpg' }]);
});

it.each([
  ['no-pictures', []],
  ['not-a-table', [textFile('a.csv', 'when,what\n1,2')]],
  ['not-a-table', [textFile('a.csv', `file,"${'x'.repeat(1_000_002)}`)]],
] as const)('says %s', async (reason, files) => {
  await expect(readData(files, quiet)).rejects.toMatchObject({ kind: 'data-set', reason });
});
