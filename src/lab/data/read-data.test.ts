import { expect, it } from 'vitest';
import { LUMINANCE_BYTES } from '../faces';
import type { LeftOutItem } from './items';
import { readData, type DataFile } from './read-data';

const textFile = (path: string, text: string): DataFile => ({ path, content: new Blob([text]) });
const pixels = (value: number) => Array.from({ length: LUMINANCE_BYTES }, () => value).join(' ');
const quiet = () => undefined;
const reasons = (leftOut: readonly LeftOutItem[]) => leftOut.map(({ name, reason }) => [name, reason]);

it('reads the pixels of fer2013.csv, and lists lines without valid pixels', async () => {
  const csv = ['emotion,pixels,Usage', `3,${pixels(7)},Training`, '4,1 2 3,Training', `6,${pixels(9)},PublicTest`].join('\n');
  const { items, luminance, leftOut } = await readData([textFile('fer2013.csv', csv)], quiet);
  expect(items.map(({ name, label, columns, path }) => [name, label, columns['usage'], path])).toEqual([
    ['line 2', '3', 'Training', null],
    ['line 4', '6', 'PublicTest', null],
  ]);
  expect([luminance.length, luminance[0], luminance[LUMINANCE_BYTES]]).toEqual([2 * LUMINANCE_BYTES, 7, 9]);
  expect(reasons(leftOut)).toEqual([['line 3', 'bad-pixels']]);
});

it('uses labels.csv as the table, and matches pictures by path suffix', async () => {
  const files = [textFile('set/other.csv', 'a,b'), textFile('set/labels.csv', 'file,label\nhappy/1.png,happy\nhappy/2.png,happy'), textFile('set/happy/1.png', '')];
  const { items, leftOut } = await readData(files, quiet);
  expect(items).toMatchObject([{ path: 'set/happy/1.png', label: 'happy' }]);
  expect(reasons(leftOut)).toEqual([['set/labels.csv line 3', 'no-file'], ['set/other.csv', 'beside-labels']]);
});

it('reads every labels.csv of a split data set', async () => {
  const files = ['train', 'test'].flatMap((part) => [textFile(`set/${part}/labels.csv`, `file,label\n${part}/1.png,sad`), textFile(`set/${part}/1.png`, '')]);
  const { items, leftOut } = await readData([...files, textFile('set/extra/1.png', '')], quiet);
  expect(items.map(({ path }) => path)).toEqual(['set/test/1.png', 'set/train/1.png']);
  expect(reasons(leftOut)).toEqual([['set/extra/1.png', 'not-in-table']]);
});

it('reads other tables if labels.csv names no pictures', async () => {
  const files = [textFile('set/labels.csv', 'id,meaning\n0,sad'), textFile('set/train.csv', 'image,label\n1.png,0'), textFile('set/1.png', '')];
  const { items, leftOut } = await readData(files, quiet);
  expect([items.length, reasons(leftOut)]).toEqual([1, [['set/labels.csv', 'not-a-table']]]);
});

it('reads the tables of all splits, and skips unrelated tables', async () => {
  const pictures = ['set/train/1/a.jpg', 'set/test/2/b.jpg'].map((path) => textFile(path, ''));
  const tables = [textFile('set/results.csv', 'epoch,loss\n1,0.5'), textFile('set/test_labels.csv', 'image,label\nb.jpg,2'), textFile('set/train_labels.csv', 'image,label\na.jpg,1')];
  for (const chosen of [tables, tables.toReversed(), [...tables, textFile('set/a.csv', 'epoch,loss\n1,0.5')]]) {
    const both = await readData([...chosen, ...pictures], quiet);
    expect(both.items.map(({ path, label }) => [path, label])).toEqual([['set/test/2/b.jpg', '2'], ['set/train/1/a.jpg', '1']]);
    expect(both.leftOut).toContainEqual({ name: 'set/results.csv', reason: 'not-a-table' });
  }
  const { items } = await readData([textFile('set/results.csv', 'epoch,loss\n1,0.5'), ...pictures], quiet);
  expect(items.map(({ label }) => label)).toEqual(['1', '2']);
});

it('lists the reasons if nothing is a picture', async () => {
  const { items, leftOut } = await readData([textFile('fer2013.csv', 'emotion,pixels\n3,1 2 3'), textFile('notes.txt', 'x')], quiet);
  expect(items).toEqual([]);
  expect(reasons(leftOut)).toEqual([['line 2', 'bad-pixels']]);
});

it('reads each face once if tables repeat it', async () => {
  const csv = ['emotion,pixels', `3,${pixels(7)}`].join('\n');
  const copies = await readData([textFile('fer2013.csv', csv), textFile('icml_face_data.csv', csv)], quiet);
  expect([copies.items.length, copies.leftOut]).toEqual([1, []]);
  const table = 'image,label\na.jpg,1';
  const { items } = await readData([textFile('set/all.csv', table), textFile('set/train.csv', table), textFile('set/a.jpg', '')], quiet);
  expect(items).toHaveLength(1);
});

it('reads the faces of all tables in any order of choice, and keeps duplicates within one table', async () => {
  const files = [textFile('train.csv', `emotion,pixels\n3,${pixels(7)}\n3,${pixels(7)}\n4,${pixels(9)}`), textFile('test.csv', `emotion,pixels\n5,${pixels(8)}\n6,${pixels(9)}`)];
  for (const chosen of [files, files.toReversed()]) {
    const { items, luminance, leftOut } = await readData(chosen, quiet);
    expect(items.map(({ name, label }, i) => [name, label, luminance[i * LUMINANCE_BYTES]])).toEqual([
      ['test.csv line 2', '5', 8],
      ['test.csv line 3', '6', 9],
      ['train.csv line 2', '3', 7],
      ['train.csv line 3', '3', 7],
    ]);
    expect(reasons(leftOut)).toEqual([['train.csv line 4', 'other-label']]);
  }
});

it('merges the columns of several tables for a picture', async () => {
  const files = [textFile('set/a.csv', 'image,age,subject\n1.png,30,'), textFile('set/b.csv', 'image,label,subject\n1.png,sad,p1'), textFile('set/1.png', '')];
  const { items, leftOut } = await readData(files, quiet);
  expect([items, leftOut]).toMatchObject([[{ label: 'sad', person: 'p1', columns: { age: '30' } }], []]);
});

it('does not use folders as labels if a table names pictures, and lists missing and unlisted ones', async () => {
  const { items, leftOut } = await readData([textFile('set/labels.csv', 'image,label\nx.jpg,happy'), textFile('set/images/a.jpg', '')], quiet);
  expect(items).toEqual([]);
  expect(reasons(leftOut)).toEqual([['line 2', 'no-file'], ['set/images/a.jpg', 'not-in-table']]);
});

it('lists a table once if its kind differs from the others', async () => {
  const faces = textFile('b.csv', `emotion,pixels\n3,${pixels(7)}\n4,${pixels(8)}`);
  const behind = await readData([textFile('a.csv', 'image,label\n1.png,sad'), faces, textFile('1.png', '')], quiet);
  expect([behind.items.length, reasons(behind.leftOut)]).toEqual([1, [['b.csv', 'other-kind']]]);
  const before = await readData([textFile('c.csv', 'image,label\n1.png,sad'), faces, textFile('1.png', '')], quiet);
  expect([before.items.length, reasons(before.leftOut)]).toEqual([2, [['c.csv', 'other-kind'], ['1.png', 'not-in-table']]]);
  // As in FER+.
  const missing = await readData([textFile('a.csv', 'image name,happiness\n1.png,9\n2.png,8'), faces], quiet);
  expect([missing.items.length, reasons(missing.leftOut)]).toEqual([2, [['a.csv', 'no-files']]]);
});

it("does not apply a label from another split's table", async () => {
  const tables = ['test', 'train'].map((part) => textFile(`${part}.csv`, `file,label\n${part}/1.jpg,${part}`));
  for (const chosen of [tables, tables.toReversed()]) {
    const { items, leftOut } = await readData([...chosen, textFile('1.jpg', '')], quiet);
    expect([items, reasons(leftOut)]).toEqual([[], [['test.csv line 2', 'no-file'], ['train.csv line 2', 'no-file'], ['1.jpg', 'not-in-table']]]);
  }
  const { items } = await readData([...tables, textFile('train/1.jpg', '')], quiet);
  expect(items.map(({ path, label }) => [path, label])).toEqual([['train/1.jpg', 'train']]);
});

it.each(['happy/1.jpg CC0\nsad/2.jpg CC-BY\n', 'my face.jpg 5\nother face.jpg 4\n', 'happy/1.jpg\n'])('uses folders as labels if a text file is not a label list: %j', async (text) => {
  const { items, leftOut } = await readData([textFile('set/credits.txt', text), textFile('set/happy/1.jpg', ''), textFile('set/sad/2.jpg', '')], quiet);
  expect([items.map(({ label }) => label), reasons(leftOut)]).toEqual([['happy', 'sad'], [['set/credits.txt', 'no-picture']]]);
});

it('reads lists with extra columns', async () => {
  const { items } = await readData([textFile('list.txt', 'a.jpg 5 0.9\nb.jpg 4 0.8\n'), textFile('a.jpg', ''), textFile('b.jpg', '')], quiet);
  expect(items.map(({ label, columns }) => [label, columns['column 3']])).toEqual([['5', '0.9'], ['4', '0.8']]);
});

it('reads lists of pictures and labels, and ignores other text files', async () => {
  const files = [textFile('raf/list_patition_label.txt', 'train_00001.jpg 5\ntrain_00002.jpg 4\ntrain_00003.jpg 4'), ...['1', '2'].map((i) => textFile(`raf/aligned/train_0000${i}_aligned.jpg`, ''))];
  const { items, leftOut } = await readData(files, quiet);
  expect(items.map(({ path, label }) => [path, label])).toEqual([['raf/aligned/train_00001_aligned.jpg', '5'], ['raf/aligned/train_00002_aligned.jpg', '4']]);
  expect(reasons(leftOut)).toEqual([['line 3', 'no-file']]);
  const noted = await readData([textFile('set/README.txt', 'See a.jpg\nand others'), textFile('set/sad/a.jpg', '')], quiet);
  expect([noted.items.map(({ label }) => label), reasons(noted.leftOut)]).toEqual([['sad'], [['set/README.txt', 'no-picture']]]);
});

it('uses folders as labels if the table has no label column', async () => {
  const { items } = await readData([textFile('set/ages.csv', 'image,age\na.jpg,30\nb.jpg,31'), textFile('set/happy/a.jpg', ''), textFile('set/sad/p1/b.jpg', '')], quiet);
  expect(items.map(({ label, person, columns }) => [label, person, columns['age']])).toEqual([['happy', null, '30'], ['sad', 'p1', '31']]);
});

it('takes labels from subfolders', async () => {
  const { items } = await readData([textFile('set/sad/p1/a.jpg', ''), textFile('set/notes.txt', '')], quiet);
  expect(items).toMatchObject([{ label: 'sad', person: 'p1', path: 'set/sad/p1/a.jpg' }]);
});

it.each([
  ['no-pictures', []],
  ['not-a-table', [textFile('a.csv', 'when,what\n1,2')]],
  ['not-a-table', [textFile('a.csv', `file,"${'x'.repeat(1_000_002)}`)]],
  ['not-a-table', [textFile('a.csv', 'file\n1.png'), textFile('b.csv', `file\n1.png\n"${'x'.repeat(1_000_002)}`), textFile('1.png', '')]],
] as const)('rejects with %s', async (reason, files) => {
  await expect(readData(files, quiet)).rejects.toMatchObject({ kind: 'data-set', reason });
});
