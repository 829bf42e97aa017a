/** Where a picture's path may say who it is. */
export type PersonClue = 'folder' | 'code' | 'letters' | 'digits';

export interface PersonPattern {
  readonly clue: PersonClue;
  /** How many people it tells apart. */
  readonly people: number;
}

/** A picture file, and its label: a folder of this name says what it shows, not who. */
export interface LabelledPath {
  readonly path: string;
  readonly label: string;
}

/** Parts of a file's name that often say who it is: `S005_001_00000011.png`, `KA.AN1.39.tiff`, `12-happy.jpg`. */
const NAMES: Readonly<Record<Exclude<PersonClue, 'folder'>, RegExp>> = {
  code: /^([A-Za-z]+\d+)[_.\-\s]/,
  letters: /^([A-Za-z]{2,3})[_.\-\s]/,
  digits: /^(\d+)[_.\-\s]/,
};
const CLUES = ['folder', 'code', 'letters', 'digits'] as const;

/** Folders that hold a set, which are nobody. */
const COLLECTION = /^(?:images?|pictures?|photos?|data|dataset|aligned|original)$/i;

/** Folders that a set is parted into for training. */
const SPLIT = /^(?:train|training|test|testing|val|valid|validation|dev|public ?test|private ?test|fold[ _-]?\d+)$/i;

/** Whether both are names of a set's parts, and of different ones. */
export function isOtherPart(a: string, b: string): boolean {
  return isPart(a) && isPart(b) && a.toLowerCase() !== b.toLowerCase();
}

/** Whether a name is that of a part of a set, as for training. */
export function isPart(name: string): boolean {
  return SPLIT.test(name);
}

/** A person has at least this many pictures, on average, where a clue really names people. */
const FEWEST_PICTURES = 2;

/** Clues that fit all pictures and group them; the most people first. */
export function proposePersonPatterns(pictures: readonly LabelledPath[]): PersonPattern[] {
  return CLUES.flatMap((clue) => {
    const people = pictures.map((picture) => personBy(clue, picture));
    if (people.includes(null)) return [];
    const count = new Set(people).size;
    return count > 1 && pictures.length / count >= FEWEST_PICTURES ? [{ clue, people: count }] : [];
  }).sort((a, b) => b.people - a.people);
}

/** The person that a clue finds: in the file's own name, or the nearest folder above the label's that is no part of the set; null if it does not fit. */
export function personBy(clue: PersonClue, { path, label }: LabelledPath): string | null {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  if (clue !== 'folder') return NAMES[clue].exec(file)?.[1] ?? null;
  const labelled = folders.lastIndexOf(label);
  return folders.slice(0, labelled < 0 ? undefined : labelled).findLast((folder) => !isPart(folder) && !COLLECTION.test(folder)) ?? null;
}

/** Fewer may as well be parts of another kind. */
const FEWEST_PEOPLE = 3;
/** More than there are groups of people, cameras or data sets in one. */
const MANY_PEOPLE = 10;
/** Pictures of each, on average: a data set or a group has more. */
const FEW_PICTURES = 100;
/** `S005`, `12`, `subject_3`, `Actor_01`: letters before the number are those of people, not of cameras. */
const NUMBERED_PERSON = /^(?:[sp]|id|sub|subj|subject|person|participant|proband|actor|user)?[ _-]?\d+$/i;

/** Whether folders look like those of people rather than of groups, cameras or data sets. @param folders the name that each picture has. */
export function namePeople(folders: readonly string[]): boolean {
  const names = new Set(folders);
  if (names.size < FEWEST_PEOPLE) return false;
  const isMany = names.size >= MANY_PEOPLE && folders.length / names.size <= FEW_PICTURES;
  return isMany || Array.from(names).every((name) => NUMBERED_PERSON.test(name));
}
