import { expect, it, vi } from 'vitest';
import type { Marker } from '../../session/session-info';
import { readEvents as readEventsOf, type ReadEventsOptions } from './events-file';

const readEvents = (file: Blob, options: Partial<ReadEventsOptions> = {}) => readEventsOf(file, { signal: new AbortController().signal, onProgress: () => undefined, ...options });
const A = { atMs: 1500, note: 'Film begins' };
const B = { atMs: 75_000, note: 'Quote, "so"' };

it.each<[how: string, text: BlobPart, events?: readonly Marker[]]>([
  ['without a header, in seconds', '1.5,Film begins\n75,"Quote, ""so"""\n'],
  ['with a header and a clock, as Excel writes it', '\uFEFFtime,label\r\n0:01.5,Film begins\r\n1:15,"Quote, ""so"""\r\n'],
  ['with columns in another order', 'subject,label,onset,extra\nP1,"Quote, ""so""",75,x\nP1,Film begins,1.5,y\n', [B, A]],
  ['with semicolons and decimal commas', 'time;event\n1,5;Film begins\n75;"Quote, ""so"""\n'],
  ['with semicolons and decimal commas, without a header', '1,5;Film begins\n75;"Quote, ""so"""\n'],
  ['with the label first, and a header in another language', 'Ereignis;Zeit\nFilm begins;1,5\n"Quote, ""so""";75,0\n'],
  ['below 0, with a hyphen or a minus sign', 'label,onset\nearly,-1.5\nearlier,−0:02\n', [{ atMs: -1500, note: 'early' }, { atMs: -2000, note: 'earlier' }]],
  ['below 0 in milliseconds, without a name of the label', 'x,time_ms\n1,-1500\n', [{ atMs: -1500, note: '1' }]],
  ['below 0, without a header', 'early,-1.5\nearlier,-2\n', [{ atMs: -1500, note: 'early' }, { atMs: -2000, note: 'earlier' }]],
  ['below 0 in the first row, without a header', '-1.5,early\n75,late\n', [{ atMs: -1500, note: 'early' }, { atMs: 75_000, note: 'late' }]],
  ['with the label first, without a header', 'Film begins,1.5\n"Quote, ""so""",75\n'],
  ['with numbers as programs write them', 'time,label\n.15e1,Film begins\n75.,"Quote, ""so"""\n'],
  ['as BIDS has it, with tabs', 'onset\tduration\ttrial_type\n1.5\t2\tFilm begins\n75\t1\tQuote, "so"\n'],
  ['whose quoted labels hold semicolons and line breaks', 'time;event\r\n1,5;"Film; begins\r\nat last"\r\n', [{ atMs: 1500, note: 'Film; begins\r\nat last' }]],
  ['in milliseconds where the column says so', 'time_ms,label\n1500,Film begins\n', [{ atMs: 1500, note: 'Film begins' }]],
  ['in milliseconds within brackets, among other columns', 'id\tOnset (ms)\tevent\n1\t1500\tFilm begins\n', [{ atMs: 1500, note: 'Film begins' }]],
  ['as "Unicode text" of a spreadsheet', Uint16Array.from('\uFEFFonset\tevent\r\n1,5\tFilm begins\r\n', (letter) => letter.charCodeAt(0)), [{ atMs: 1500, note: 'Film begins' }]],
])('reads events %s', async (_how, text, markers = [A, B]) => {
  expect(await readEvents(new Blob([text]))).toEqual({ markers, withoutTime: [] });
});

it.each(['time_ms', 'time-ms', 'time/ms', 'time.ms', 'time in ms', 'time, ms', 'Time (ms)', 'Time..ms.', 'timeMs', 'onsetMs', 'startms', 'TimestampMs', 't_ms', 'tMs', 'time_millis', 'ms', 'Milliseconds'])(
  'reads times under “%s” as milliseconds, whatever the column’s position',
  async (name) => {
    const markers = [{ atMs: 1500, note: 'Film begins' }];
    expect(await readEvents(new Blob([`event,"${name}",trial\nFilm begins,1500,7\n`]))).toEqual({ markers, withoutTime: [] });
    expect(await readEvents(new Blob([`"${name}",event\n1500,Film begins\n`]))).toEqual({ markers, withoutTime: [] });
  },
);

it.each(['time_s', 'times', 'time/sec', 'time in seconds', 'Onset (s)', 'ts', 'items'])('reads times under “%s” as seconds', async (name) => {
  expect(await readEvents(new Blob([`${name},event\n1.5,Film begins\n`]))).toEqual({ markers: [A], withoutTime: [] });
});

it('lists the rows without a time', async () => {
  expect(await readEvents(new Blob(['time,label\n1.5,Film begins\nsoon,x\n--3,y\n']))).toEqual({ markers: [A], withoutTime: [3, 4] });
  expect(await readEvents(new Blob(['hello']))).toEqual({ markers: [], withoutTime: [] });
  expect(await readEvents(new Blob(['']))).toEqual({ markers: [], withoutTime: [] });
});

it('tells a file that cannot be read from one without events', async () => {
  expect(await readEvents(new Blob([`"${'x'.repeat(1_100_000)}`]))).toEqual({ markers: [], withoutTime: [] });
  const gone = new Blob(['1.5,Film begins\n']);
  gone.stream = () => new ReadableStream({ start: (stream) => stream.error(new DOMException('gone', 'NotReadableError')) });
  await expect(readEvents(gone)).rejects.toMatchObject({ kind: 'image', reason: 'unreadable' });
});

it('separates fields by commas if a label contains a semicolon', async () => {
  expect(await readEvents(new Blob(['1.5,Film; begins\n2,x\n']))).toEqual({ markers: [{ atMs: 1500, note: 'Film; begins' }, { atMs: 2000, note: 'x' }], withoutTime: [] });
});

it('keeps a time without a label', async () => {
  expect(await readEvents(new Blob(['3\n']))).toEqual({ markers: [{ atMs: 3000, note: '' }], withoutTime: [] });
});

it('reads a long file in short tasks, with progress, and stops when asked to', async () => {
  const file = new Blob(['time,label\n', ...Array.from({ length: 40_000 }, (_, i) => `${i},${i}\n`)]);
  const stop = new AbortController();
  let turns = 0;
  const ticking = setInterval(() => turns++);
  const onProgress = vi.fn<(share: number) => void>();
  expect((await readEvents(file, { onProgress })).markers).toHaveLength(40_000);
  expect(turns).toBeGreaterThan(1);
  expect(onProgress).toHaveBeenLastCalledWith(1);
  setTimeout(() => stop.abort());
  await expect(readEvents(file, { signal: stop.signal })).rejects.toThrow('aborted');
  clearInterval(ticking);
});
