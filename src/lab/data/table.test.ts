import { describe, expect, it } from 'vitest';
import { csvRows } from './csv';
import { FilesByName } from './files-by-name';
import type { Item } from './items';
import { namesIn, tableItems, type TableOptions } from './table';
import { textOf } from './text';

async function* pieces(text: string, size: number): AsyncGenerator<string, void> {
  for (let at = 0; at < text.length; at += size) yield await Promise.resolve(text.slice(at, at + size));
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function fieldsOf(text: AsyncIterable<string>): Promise<string[][]> {
  return (await all(csvRows(text))).map(({ fields }) => fields);
}

async function itemsOf(text: string, { files: paths = [], ...options }: Partial<Omit<TableOptions, 'files'>> & { files?: readonly string[] } = {}): Promise<Item[]> {
  const files = new FilesByName(paths);
  files.tell(await all(namesIn(pieces(text, 7), files)));
  return all(tableItems(pieces(text, 7), { files, ...options }));
}

describe('csvRows', () => {
  const text = '\uFEFFa,"b ""c"", d","e\nf"\r\n\r\n1,,3\n';

  it.each([1, 2, 3, 100])('parses quotes, commas, line breaks and empty lines, %i characters at a time', async (size) => {
    expect(await fieldsOf(pieces(text, size))).toEqual([['a', 'b "c", d', 'e\nf'], ['1', '', '3']]);
  });

  it('parses a last line without a line break, and an empty file', async () => {
    expect(await fieldsOf(pieces('a,b', 1))).toEqual([['a', 'b']]);
    expect(await fieldsOf(pieces('', 1))).toEqual([]);
  });

  it.each([
    ['semicolons', 'a;"b,c";d\r\n1;2,5;3\r\n', [['a', 'b,c', 'd'], ['1', '2,5', '3']]],
    ['tabs', 'a b\tc,d\te\n1;2\t3\t4', [['a b', 'c,d', 'e'], ['1;2', '3', '4']]],
    ['a separator declared in the file', 'sep=;\r\na,b\r\n1;2', [['a,b'], ['1', '2']]],
    ['one column', 'a\n1', [['a'], ['1']]],
    ['semicolons after empty lines', '\r\n\n\na;b;c,d\n1;2;3,5', [['a', 'b', 'c,d'], ['1', '2', '3,5']]],
    ['a declared separator after an empty line', '\uFEFF\nsep=;\na,b\n1;2', [['a,b'], ['1', '2']]],
    ['bars', 'a|b\n1|2,5', [['a', 'b'], ['1', '2,5']]],
    ['a list', 'train_1.jpg 5\na b.jpg 4\n', [['train_1.jpg', '5'], ['a', 'b.jpg', '4']]],
    ['a header of one column with a space', 'file name\na b.jpg\n', [['file name'], ['a b.jpg']]],
    ['only empty lines', '\n\r\n\n', []],
  ])('parses %s', async (_name, written, rows) => {
    for (const size of [1, 5, 100]) expect(await fieldsOf(pieces(written, size))).toEqual(rows);
  });

  it('reports the line on which each row begins', async () => {
    for (const size of [1, 4, 100]) {
      const rows = await all(csvRows(pieces('\n\nsep=,\na,b\n\n"1\n2",3\r\n\r\n"4","5\n"\n6,7', size)));
      expect(rows.map(({ line }) => line)).toEqual([4, 6, 9, 11]);
    }
  });

  it('rejects a field without an end', async () => {
    await expect(fieldsOf(pieces(`"${'x'.repeat(1_000_002)}`, 50_000))).rejects.toThrow(RangeError);
  });

  it('parses a file', async () => {
    expect(await fieldsOf(textOf(new Blob(['é,ü\n1,2'])))).toEqual([['é', 'ü'], ['1', '2']]);
  });
});

describe('tableItems', () => {
  it('reads FER2013, and reports rows without 2,304 pixels', async () => {
    const pixels = Array.from({ length: 2304 }, (_, i) => i % 256).join(' ');
    const [first, short, loud] = await itemsOf(`emotion,pixels,Usage\n3,${pixels},Training\n0,1 2 3,Training\n0,${pixels.replace('255', '256')},PublicTest\n`);
    expect(first).toMatchObject({ status: 'read', name: 'line 2', label: '3', person: null, columns: { usage: 'Training' }, picture: { kind: 'pixels', side: 48 } });
    expect(first?.status === 'read' && first.picture.kind === 'pixels' && Array.from(first.picture.luminance.subarray(254, 258))).toEqual([254, 255, 0, 1]);
    expect([short, loud]).toEqual([
      { status: 'left-out', name: 'line 3', reason: 'bad-pixels' },
      { status: 'left-out', name: 'line 4', reason: 'bad-pixels' },
    ]);
  });

  it('finds files by path suffix, and reports missing and ambiguous ones', async () => {
    const files = ['set/a/1.png', 'set/b/1.png', 'set/2.png'];
    const items = await itemsOf('Image,Emotion,Subject,Age\n./a/1.png,Happy,S1,30\n"2.png",sad,,\n1.png,sad,S2,\n3.png,sad,S2,\nx\n', { files });
    expect(items.map((item) => (item.status === 'read' ? [item.name, item.label, item.person, item.columns['age']] : item.reason))).toEqual([
      ['set/a/1.png', 'Happy', 'S1', '30'],
      ['set/2.png', 'sad', null, ''],
      'no-file',
      'no-file',
      'too-few-columns',
    ]);
  });

  it('finds pictures named without extension if only one matches', async () => {
    const files = ['set/a.jpg', 'set/a.txt', 'set/x/b.jpg', 'set/x/b.png', 'set/c.jpg', 'set/c.jpg.png'];
    const items = await itemsOf('image,label\nA,sad\nx/b,sad\nc.jpg,sad\n', { files });
    expect(items.map((item) => (item.status === 'read' ? item.name : item.reason))).toEqual(['set/a.jpg', 'no-file', 'set/c.jpg']);
  });

  it.each([
    ['C:\\data\\faces\\happy\\1.png', 'set/happy/1.png'],
    ['D:/faces/sad/1.png', 'set/sad/1.png'],
    ['/home/me/set/sad/1.png', 'set/sad/1.png'],
    ['\\\\server\\share\\HAPPY\\1.PNG', 'set/happy/1.png'],
    ['../happy/1.png', 'set/happy/1.png'],
    ['project/set/happy/1.png', 'set/happy/1.png'],
    ['sad/1.jpg', 'set/sad/1.png'],
    ['images/loose.png', 'loose.png'],
    ['train_00001.jpg', 'set/aligned/train_00001_aligned.jpg'],
    ['/home/me/other/1.png', null],
    ['other/happy/2.png', null],
    ['other/sad/1.png', null],
  ])('finds %j', async (written, path) => {
    const files = ['set/happy/1.png', 'set/sad/1.png', 'loose.png', 'set/aligned/train_00001_aligned.jpg'];
    const [item] = await itemsOf(`file,label\n"${written}",x`, { files });
    expect(item).toMatchObject(path === null ? { reason: 'no-file' } : { name: path });
  });

  it('reads tables without a header', async () => {
    const files = ['set/a.png', 'set/b.png'];
    const read = async (text: string) => (await itemsOf(text, { files })).map((item) => (item.status === 'read' ? [item.name, item.label, item.columns] : [item.name, item.reason]));
    expect(await read('a.png,happy\nb.png,sad\nc.png,sad')).toEqual([['set/a.png', 'happy', { file: 'a.png' }], ['set/b.png', 'sad', { file: 'b.png' }], ['line 3', 'no-file']]);
    expect(await read('30;3;a\n31;4;b')).toEqual([['set/a.png', '3', { 'column 1': '30', file: 'a' }], ['set/b.png', '4', { 'column 1': '31', file: 'b' }]]);
    expect(await read('a.png 5\nb.png 7')).toEqual([['set/a.png', '5', { file: 'a.png' }], ['set/b.png', '7', { file: 'b.png' }]]);
    const pixels = Array.from({ length: 2304 }, () => 7).join(' ');
    expect(await read(`3,${pixels},Training\n4,${pixels},Training`)).toEqual([['line 1', '3', { 'column 3': 'Training' }], ['line 2', '4', { 'column 3': 'Training' }]]);
  });

  it.each([
    ['row numbers before the picture', '0,a.png,3\n1,b.png,4', ['3', '4']],
    ['row numbers and words', '1,a.png,smirk\n2,b.png,pout', ['smirk', 'pout']],
    ['row numbers alone', '0,a.png\n1,b.png', ['', '']],
    ['parts of the set and words', 'a.png,train,smirk\nb.png,train,pout', ['smirk', 'pout']],
    ['an empty column', 'a.png,,smirk\nb.png,,pout', ['smirk', 'pout']],
    ['numbers before the picture', '3,a.png\n3,b.png', ['3', '3']],
  ])('picks the right label column: %s', async (_name, text, labels) => {
    const items = await itemsOf(text, { files: ['a.png', 'b.png'] });
    expect(items.map((item) => (item.status === 'read' ? item.label : item.reason))).toEqual(labels);
  });

  it('does not take a header for a row if a column is named like a file', async () => {
    for (const rows of ['', 'S1,1\n', 'S1,1\nS2,0\n']) await expect(itemsOf(`subject,happy\n${rows}`, { files: ['happy.jpg'] })).rejects.toThrow('no column names pictures');
  });

  it('reports damage after the first rows of a table without a header', async () => {
    const rows = tableItems(pieces(`a.png,sad\nb.png,"${'x'.repeat(1_000_002)}`, 50_000), { files: new FilesByName([]) });
    expect(await rows.next()).toMatchObject({ value: { name: 'line 1' } });
    await expect(rows.next()).rejects.toThrow(RangeError);
  });

  it('reads cells of sheets', async () => {
    const items = await itemsOf('sheet,row,col,usage,fer2013\nvalid-0.png,0,12,valid,surprise\nvalid-0.png,x,1,valid,sad\n', { files: ['set/valid-0.png'] });
    expect(items[0]).toMatchObject({ label: 'surprise', picture: { kind: 'cell', sheet: 'set/valid-0.png', row: 0, column: 12 } });
    expect(items[1]).toMatchObject({ reason: 'no-picture' });
  });

  it('uses explicitly chosen columns', async () => {
    const [item] = await itemsOf('path,a,b\n1.png,x,y\n', { files: ['1.png'], label: 'b', person: 'a' });
    expect(item).toMatchObject({ label: 'y', person: 'x' });
  });

  it('recognizes column synonyms, and matches file names in any letter case and Unicode form', async () => {
    const files = ['set/Mu\u0308ller.JPG', 'set/a.png', 'set/A.png'];
    const items = await itemsOf('Image Name;Emoción;Person-ID\nm\u00fcller.jpg;alegría;7\na.png;sad;8\nB.png;sad;8', { files });
    expect(items.map((item) => (item.status === 'read' ? [item.name, item.label, item.person] : item.reason))).toEqual([['set/Mu\u0308ller.JPG', 'alegría', '7'], ['set/a.png', 'sad', '8'], 'no-file']);
  });

  it.each(['Label', 'emotion name', 'Gefühl', 'Ausdruck', 'Étiquette', 'Émotion', 'Emoción', 'Expresión', '表情', '感情', 'ラベル', 'تعبير', 'تعبيرٌ'])('recognizes %s as a label column', async (name) => {
    const [item] = await itemsOf(`image,${name}\n1.png,x\n`, { files: ['1.png'] });
    expect(item).toMatchObject({ status: 'read', label: 'x', columns: {} });
  });

  it.each(['ファイル名,感情,被験者', 'الملف,تعبير,شخص', 'Nom de fichier,Émotion,Participante', 'Dateiname,Gefühl,Proband'])('recognizes the columns %s', async (header) => {
    const [item] = await itemsOf(`${header}\n1.png,x,y\n`, { files: ['1.png'] });
    expect(item).toMatchObject({ status: 'read', label: 'x', person: 'y' });
  });

  it('names rows by their line numbers', async () => {
    const items = await itemsOf('image,label\n\na.png,"x\ny"\n\nb.png\n', { files: [] });
    expect(items).toMatchObject([{ name: 'line 3' }, { name: 'line 6', reason: 'too-few-columns' }]);
    expect(await itemsOf('image\na.png', { table: 'set/train.csv' })).toMatchObject([{ name: 'set/train.csv line 2' }]);
  });

  it('rejects a table without pictures', async () => {
    await expect(itemsOf('a,b\n1,2\n')).rejects.toThrow('no column names pictures');
  });
});
