import { mappingBy, proposeMapping } from '../../lab/data/label-mapping';
import { namePeople, personBy, proposePersonPatterns } from '../../lab/data/persons';
import { LUMINANCE_BYTES } from '../../lab/faces';
import type { LabelOrder } from '../../network/label-names';
import type { DataQuestion } from './data-question';

/** All pictures of one label, and some of them to look at. */
export interface LabelGroup {
  readonly label: string;
  readonly count: number;
  /** `item`: its number in the data set; `path` of its file, else its luminance. */
  readonly examples: readonly { readonly item: number; readonly path: string | null; readonly luminance: Uint8Array | null }[];
}

const EXAMPLES = 3;

/** In natural order: 2 before 10. */
const NATURAL = new Intl.Collator('en', { numeric: true });

/** Of each data set: going through tens of thousands of pictures takes too long to be done with every answer. */
const known = new WeakMap<DataQuestion['read'], LabelGroup[]>();

export function labelGroups({ read }: Pick<DataQuestion, 'read'>): LabelGroup[] {
  const groups = known.get(read) ?? groupsOf(read);
  known.set(read, groups);
  return groups;
}

function groupsOf(read: DataQuestion['read']): LabelGroup[] {
  const groups = new Map<string, { count: number; examples: LabelGroup['examples'][number][] }>();
  let at = 0;
  for (const [item, { label, path }] of read.items.entries()) {
    const group = groups.get(label) ?? { count: 0, examples: [] };
    group.count++;
    if (group.examples.length < EXAMPLES) group.examples.push({ item, path, luminance: path === null ? read.luminance.subarray(at, at + LUMINANCE_BYTES) : null });
    groups.set(label, group);
    if (path === null) at += LUMINANCE_BYTES;
  }
  return Array.from(groups, ([label, { count, examples }]) => ({ label, count, examples })).sort((a, b) => NATURAL.compare(a.label, b.label));
}

/** Answers to begin with: to be looked at, and changed. */
export function proposeAnswers(read: DataQuestion['read']): Pick<DataQuestion, 'categories' | 'crop' | 'patterns' | 'pattern'> {
  const { expressions: categories } = proposeMapping(labelGroups({ read }).map(({ label }) => label));
  // Rows and cells are called after their table or sheet, which is nobody.
  const pictures = read.items.flatMap(({ path, label, person }) => (path === null || person !== null ? [] : { path, label }));
  const patterns = pictures.length === read.items.length ? proposePersonPatterns(pictures) : [];
  const folders = patterns.find(({ clue }) => clue === 'folder') ?? null;
  const pattern = folders && namePeople(pictures.flatMap((picture) => personBy('folder', picture) ?? [])) ? folders : null;
  return { categories, crop: 'find', patterns, pattern };
}

/** Orders that the labels may follow, the likeliest first; none where they are names. */
export function orderChoices(question: Pick<DataQuestion, 'read'>): readonly LabelOrder[] {
  const { order, alternatives } = proposeMapping(labelGroups(question).map(({ label }) => label));
  return order ? [order, ...alternatives] : [];
}

/** What the labels stand for in one of these orders. */
export function categoriesBy(question: Pick<DataQuestion, 'read' | 'categories'>, orderId: string): DataQuestion['categories'] {
  const order = orderChoices(question).find(({ id }) => id === orderId);
  return order ? mappingBy(order, [...question.categories.keys()]).expressions : question.categories;
}
