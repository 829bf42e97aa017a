import { mappingBy, proposeMapping } from '../../lab/data/label-mapping';
import { namePeople, personBy, proposePersonPatterns } from '../../lab/data/persons';
import { LUMINANCE_BYTES } from '../../lab/faces';
import type { LabelOrder } from '../../network/label-names';
import type { DataQuestion } from './data-question';

/** All pictures with one label, and some examples. */
export interface LabelGroup {
  readonly label: string;
  readonly count: number;
  /** `item`: index in the data set; `path`: of its file, else `luminance`. */
  readonly examples: readonly { readonly item: number; readonly path: string | null; readonly luminance: Uint8Array | null }[];
}

const EXAMPLES = 3;

/** In natural order: 2 before 10. */
const NATURAL = new Intl.Collator('en', { numeric: true });

/** Cache per data set: iterating over tens of thousands of pictures takes too long to repeat on every answer. */
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

/** Proposed answers, for the user to review and change. */
export function proposeAnswers(read: DataQuestion['read']): Pick<DataQuestion, 'categories' | 'crop' | 'patterns' | 'pattern'> {
  const { expressions: categories } = proposeMapping(labelGroups({ read }).map(({ label }) => label));
  // Rows and cells are named after their table or sheet, which does not identify a person.
  const pictures = read.items.flatMap(({ path, label, person }) => (path === null || person !== null ? [] : { path, label }));
  const patterns = pictures.length === read.items.length ? proposePersonPatterns(pictures) : [];
  const folders = patterns.find(({ clue }) => clue === 'folder') ?? null;
  const pattern = folders && namePeople(pictures.flatMap((picture) => personBy('folder', picture) ?? [])) ? folders : null;
  return { categories, crop: 'find', patterns, pattern };
}

/** Orders that fit the labels, most likely first; none if labels are names. */
export function orderChoices(question: Pick<DataQuestion, 'read'>): readonly LabelOrder[] {
  const { order, alternatives } = proposeMapping(labelGroups(question).map(({ label }) => label));
  return order ? [order, ...alternatives] : [];
}

/** Classes of the labels under one of these orders. */
export function categoriesBy(question: Pick<DataQuestion, 'read' | 'categories'>, orderId: string): DataQuestion['categories'] {
  const order = orderChoices(question).find(({ id }) => id === orderId);
  return order ? mappingBy(order, [...question.categories.keys()]).expressions : question.categories;
}
