import { expect, it } from 'vitest';
import { readEvents } from './events-file';

const A = { atMs: 1500, note: 'Film begins' };
const B = { atMs: 75_000, note: 'Quote, "so"' };

it.each([
  ['without a header, in seconds', '1.5,Film begins\n75,"Quote, ""so"""\n'],
  ['with a header and a clock, as Excel writes it', '\uFEFFtime,label\r\n0:01.5,Film begins\r\n1:15,"Quote, ""so"""\r\n'],
  ['with columns in another order', 'subject,label,onset,extra\nP1,"Quote, ""so""",75,x\nP1,Film begins,1.5,y\n'],
  ['with semicolons and decimal commas', 'time;event\n1,5;Film begins\n75;"Quote, ""so"""\n'],
  ['as BIDS has it, with tabs', 'onset\tduration\ttrial_type\n1.5\t2\tFilm begins\n75\t1\tQuote, "so"\n'],
])('reads events %s', async (_how, text) => {
  expect(await readEvents(text)).toEqual({ markers: [A, B], withoutTime: [] });
});

it('names the rows that have no time', async () => {
  expect(await readEvents('time,label\n1.5,Film begins\nsoon,x\n-3,y\n')).toEqual({ markers: [A], withoutTime: [3, 4] });
  expect(await readEvents('hello')).toEqual({ markers: [], withoutTime: [] });
  expect(await readEvents('')).toEqual({ markers: [], withoutTime: [] });
});

it('keeps a time without a label', async () => {
  expect(await readEvents('3\n')).toEqual({ markers: [{ atMs: 3000, note: '' }], withoutTime: [] });
});
