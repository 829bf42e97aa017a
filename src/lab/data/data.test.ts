import { beforeAll, describe, expect, it, vi } from 'vitest';
import { seededRandom } from '../../../scripts/drawn-faces/looks';
import { folderItems } from './folder';
import { mappingBy, proposeMapping } from './label-mapping';
import { differenceHash, differingBits, MOST_DIFFERING_BITS, nearDuplicates, signatureOf } from './near-duplicates';
import { namePeople, personBy, proposePersonPatterns } from './persons';
import { splitLeakProof, type Split } from './split';
import { LONGEST_TASK_MS } from '../../engine/yield-to-event-loop';
import { LABEL_ORDERS } from '../../network/label-names';

describe('folderItems', () => {
  it('takes the label from the folder, and the person from the folders below it', () => {
    const items = folderItems(['set/train/Happy/a.png', 'set/train/03_sad/S001/b.JPG', 'set/tongue out/c.webp', 'd.png', 'set/notes.txt']);
    expect(items.map((item) => (item.status === 'read' ? [item.label, item.person] : item.reason))).toEqual([
      ['Happy', null],
      ['03_sad', 'S001'],
      ['tongue out', null],
      ['', null],
      'no-picture',
    ]);
  });
});

describe('label folder levels', () => {
  const labelled = (...paths: string[]) => folderItems(paths).map((item) => (item.status === 'read' ? [item.label, item.person] : item.reason));

  it('are identified by most of their names, even if people have such names', () => {
    expect(labelled('set/happy/Anna/1.png', 'set/sad/Joy/1.png', 'set/tongue out/Su/1.png', 'set/fear/Ben/2.png')).toEqual([
      ['happy', 'Anna'],
      ['sad', 'Joy'],
      ['tongue out', 'Su'],
      ['fear', 'Ben'],
    ]);
    expect(labelled('set/Joy/happy/1.png', 'set/Joy/sad/1.png', 'set/Ben/sad/1.png')).toEqual([['happy', null], ['sad', null], ['sad', null]]);
  });

  it('ignore a single top folder named after the data set', () => {
    expect(labelled('Smile/happy/1.png', 'Smile/sad/2.png', 'Smile/bored/3.png', 'Smile/4.png')).toEqual([['happy', null], ['sad', null], ['bored', null], ['Smile', null]]);
    expect(labelled('Happy faces/genuine/1.png', 'Happy faces/posed/2.png', 'Happy faces/neutral/3.png')).toEqual([['genuine', null], ['posed', null], ['neutral', null]]);
    expect(labelled('archive/Smile/happy/1.png', 'archive/Smile/sad/2.png', 'archive/Smile/bored/3.png')).toEqual([['happy', null], ['sad', null], ['bored', null]]);
    expect(labelled('set/sad/Joy/1.png', 'set/sad/Ben/1.png', 'set/sad/Anna/1.png')).toEqual([['sad', 'Joy'], ['sad', 'Ben'], ['sad', 'Anna']]);
    expect(labelled('Faces/happy/1.png', 'Normal/angry/2.png', 'Normal/contempt/3.png')).toEqual([['happy', null], ['angry', null], ['contempt', null]]);
    expect(labelled('set/S1/happy/1.png', 'set/S2/sad/2.png', 'set/fear/3.png')).toEqual([['happy', null], ['sad', null], ['fear', null]]);
    expect(labelled('sad/p1/1.png', 'sad/p2/1.png')).toEqual([['sad', 'p1'], ['sad', 'p2']]);
  });

  it('fall back to numbers if no folder names an expression', () => {
    expect(labelled('set/1/S001/a.png', 'set/7/S002/b.png')).toEqual([['1', 'S001'], ['7', 'S002']]);
    expect(labelled('set/S001/1/a.png', 'set/S002/2/b.png')).toEqual([['1', null], ['2', null]]);
  });

  it('keep pictures that browsers cannot open', () => {
    expect(labelled('set/happy/a.HEIC', 'set/happy/b.jfif')).toEqual([['happy', null], ['happy', null]]);
  });
});

describe('proposeMapping', () => {
  const mapped = (...labels: string[]) => Object.fromEntries(proposeMapping(labels).expressions);
  const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => String(from + i));

  it('maps known names, and leaves unknown ones unmapped', () => {
    expect(mapped('anger', 'Joy', 'contempt')).toEqual({ anger: 'angry', Joy: 'happy', contempt: null });
  });

  it('maps numbers by the best-fitting order, and lists alternatives', () => {
    expect(proposeMapping(numbers(0, 6))).toMatchObject({ order: { id: 'fer2013' } });
    expect(proposeMapping(numbers(1, 7))).toMatchObject({ order: { id: 'raf-db' } });
    expect(proposeMapping(numbers(0, 7))).toMatchObject({ order: { id: 'affectnet' } });
    expect(proposeMapping(numbers(0, 7)).alternatives.map(({ id }) => id)).toContain('ferplus');
    expect(mapped(...numbers(1, 7))['4']).toBe('happy');
    expect(mapped('0', '3', '6')).toEqual({ 0: 'angry', 3: 'happy', 6: 'neutral' });
  });

  it('leaves numbers unmapped if no known order has them', () => {
    expect(mapped('12', '40')).toEqual({ 12: null, 40: null });
    expect(proposeMapping([''])).toMatchObject({ order: null, alternatives: [] });
  });

  it('maps numbers by a chosen order', () => {
    const order = LABEL_ORDERS.find(({ id }) => id === 'ferplus');
    expect(order && mappingBy(order, ['0', '7', '9']).expressions).toEqual(new Map([['0', 'neutral'], ['7', null], ['9', null]]));
  });
});

/** A picture of blurred noise, different for each seed. */
function picture(seed: number, change: (value: number, x: number, y: number) => number = (value) => value): number[] {
  const random = seededRandom(seed);
  const waves = Array.from({ length: 12 }, () => [random() * 8, random() * 8, random() * 6.3, random()] as const);
  return Array.from({ length: 48 * 48 }, (_, i) => {
    const [x, y] = [i % 48, Math.floor(i / 48)];
    return change(waves.reduce((sum, [a, b, phase, size]) => sum + size * Math.sin((a * x + b * y) / 24 + phase), 0), x, y);
  });
}

describe('near-duplicates', () => {
  it('survive noise and changes of light, and differ from other pictures', () => {
    const random = seededRandom(99);
    for (let seed = 0; seed < 20; seed++) {
      const hash = differenceHash(picture(seed), 48);
      expect(differingBits(hash, differenceHash(picture(seed, (value) => 0.6 * value + 3), 48))).toBe(0);
      expect(differingBits(hash, differenceHash(picture(seed, (value) => value + 0.1 * (random() - 0.5)), 48))).toBeLessThanOrEqual(MOST_DIFFERING_BITS);
      expect(differingBits(hash, differenceHash(picture(seed + 100), 48))).toBeGreaterThan(MOST_DIFFERING_BITS);
    }
  });

  it('must look alike, not just share the same left-to-right gradients', async () => {
    const bytes = (value: (x: number, y: number) => number) => signatureOf(Uint8Array.from({ length: 48 * 48 }, (_, i) => value(i % 48, Math.floor(i / 48))), 48);
    const [ramp, darker, waves] = [bytes((x) => 4 * x), bytes((x) => 3 * x + (x % 2)), bytes((x, y) => x + 60 * Math.sin(y / 5) + 100)];
    expect(differingBits(ramp, waves)).toBe(0);
    expect(await nearDuplicates([ramp, darker, waves])).toEqual([0, 0, 2]);
  });

  it('are grouped transitively', async () => {
    const hash = (...bits: number[]) => bits.reduce((bytes, bit) => ((bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7))), bytes), new Uint8Array(8));
    const far = [0, 9, 18, 27, 36, 45, 54, 63];
    expect(await nearDuplicates([hash(), hash(...far), hash(0, 9, 18, 27), hash(...far.map((bit) => bit ^ 1), 2, 12, 22, 32)])).toEqual([0, 0, 0, 3]);
    expect(await nearDuplicates([])).toEqual([]);
  });
});

describe('person patterns', () => {
  const clues = (paths: readonly string[], labelOf: (path: string) => string = () => '') => proposePersonPatterns(paths.map((path) => ({ path, label: labelOf(path) })));

  it('are found in file names if each person has several pictures', () => {
    expect(clues(['a/S005_001_01.png', 'a/S005_001_02.png', 'b/S010_002_01.png', 'b/S010_002_02.png'])).toContainEqual({ clue: 'code', people: 2 });
    expect(personBy('code', { path: 'a/S005_001_01.png', label: 'a' })).toBe('S005');
    expect(clues(['img1_a.png', 'img2_b.png', 'img3_c.png'])).toEqual([]);
    expect(clues(['1.png', 'x.png'])).toEqual([]);
  });

  it('are found in the folders above labels, but not in train and test folders', () => {
    const paths = ['Anna', 'Ben', 'Cem'].flatMap((who) => ['happy', 'sad'].map((what) => `set/${who}/train/${what}/1.png`));
    const labelOf = (path: string) => path.split('/')[3] ?? '';
    expect(clues(paths, labelOf)).toEqual([{ clue: 'folder', people: 3 }]);
    expect(personBy('folder', { path: 'set/Anna/train/happy/1.png', label: 'happy' })).toBe('Anna');
    expect(clues(['set/train/happy/a.png', 'set/train/sad/b.png', 'set/test/happy/c.png', 'set/test/sad/d.png'], (path) => path.split('/')[2] ?? '')).toEqual([]);
  });
});

describe('namePeople', () => {
  const folders = (names: readonly string[], pictures: number) => names.flatMap((name) => Array.from({ length: pictures }, () => name));
  const numbered = (count: number, name: (i: number) => string) => Array.from({ length: count }, (_, i) => name(i + 1));

  it.each([
    ['S005', 'S010', 'S011'],
    ['1', '2', '3'],
    ['subject_1', 'subject_2', 'subject 3'],
    ['Actor_01', 'Actor_02', 'Actor_03'],
  ])('recognizes numbered people: %s, %s, %s', (...names) => {
    expect(namePeople(folders(names, 2))).toBe(true);
  });

  it.each([
    ['Asian', 'Black', 'White'],
    ['male', 'female', 'child'],
    ['cam1', 'cam2', 'cam3'],
    ['fer2013', 'ck48', 'kdef'],
    ['S1', 'S2', 'other'],
  ])('does not take %s, %s, %s for people', (...names) => {
    expect(namePeople(folders(names, 2))).toBe(false);
  });

  it('recognizes people by many names with few pictures each', () => {
    expect(namePeople(folders(numbered(12, (i) => `person called ${'x'.repeat(i)}`), 7))).toBe(true);
    expect(namePeople(folders(numbered(12, (i) => `set ${'x'.repeat(i)}`), 200))).toBe(false);
    expect(namePeople(folders(['S1', 'S2'], 7))).toBe(false);
  });
});

const NEVER = new AbortController().signal;

describe('splitLeakProof', () => {
  const random = seededRandom(3);
  const count = 1_000;
  const labels = Array.from({ length: count }, () => Math.floor(random() * 7));
  const persons = Array.from({ length: count }, (_, i) => (i % 3 === 0 ? null : `p${Math.floor(random() * 90)}`));
  const bursts = Array.from({ length: count }, (_, i) => (i > 0 && i % 3 === 0 && random() < 0.3 ? i - 1 : i));
  let split: Split;
  beforeAll(async () => {
    split = await splitLeakProof(labels, { persons, bursts }, 0.2, NEVER);
  });

  it('assigns every face to one side, and holds out about a fifth of each class', () => {
    expect([...split.train, ...split.heldOut].sort((a, b) => a - b)).toEqual(labels.map((_, face) => face));
    for (let label = 0; label < 7; label++) {
      const own = labels.filter((each) => each === label).length;
      const held = split.heldOut.filter((face) => labels[face] === label).length;
      expect(Math.abs(held / own - 0.2)).toBeLessThan(0.05);
    }
  });

  it('keeps each person and each burst on one side', () => {
    const held = new Set(split.heldOut);
    const people = new Set(split.heldOut.flatMap((face) => persons[face] ?? []));
    expect(split.train.some((face) => people.has(persons[face] ?? ''))).toBe(false);
    expect(bursts.every((first, face) => held.has(first) === held.has(face))).toBe(true);
    expect(split.heldOutPeople).toBe(people.size);
  });

  it('yields to the page throughout, and can be cancelled', async () => {
    const many = Array.from({ length: 6_000 }, () => Math.floor(random() * 7));
    const kinship = { persons: many.map(() => null), bursts: many.map((_, face) => face) };
    // Each clock reading advances by a tenth of the longest task, as if every face took that long.
    let nowMs = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (nowMs += LONGEST_TASK_MS / 10));
    const channels = vi.spyOn(globalThis, 'MessageChannel');
    const work = new AbortController();
    const { heldOut } = await splitLeakProof(many, kinship, 0.25, work.signal);
    expect(heldOut.length / many.length).toBeCloseTo(0.25, 3);
    // Joining, gathering and holding out yield about every ten faces.
    expect(channels.mock.calls.length).toBeGreaterThan((3 * many.length) / 12);
    work.abort(new Error('cancelled'));
    await expect(splitLeakProof(many, kinship, 0.25, work.signal)).rejects.toThrow('cancelled');
    vi.restoreAllMocks();
  });

  it('holds out nothing if there is only one person, and is deterministic', async () => {
    expect((await splitLeakProof([0, 1, 0], { persons: ['a', 'a', 'a'], bursts: [0, 1, 2] }, 0.2, NEVER)).heldOut).toEqual([]);
    expect(await splitLeakProof(labels, { persons, bursts }, 0.2, NEVER)).toEqual(split);
  });
});
