/** Parts of a picture's path that may identify the person. */
export type PersonClue = 'folder' | 'code' | 'letters' | 'digits';

export interface PersonPattern {
  readonly clue: PersonClue;
  /** Number of people that the clue distinguishes. */
  readonly people: number;
}

/** A picture file and its label: a folder named like the label states the class, not the person. */
export interface LabelledPath {
  readonly path: string;
  readonly label: string;
}

/** Parts of file names that often identify the person: `S005_001_00000011.png`, `KA.AN1.39.tiff`, `12-happy.jpg`. */
const NAMES: Readonly<Record<Exclude<PersonClue, 'folder'>, RegExp>> = {
  code: /^([A-Za-z]+\d+)[_.\-\s]/,
  letters: /^([A-Za-z]{2,3})[_.\-\s]/,
  digits: /^(\d+)[_.\-\s]/,
};
const CLUES = ['folder', 'code', 'letters', 'digits'] as const;

/** Folders that contain the data set, not a person. */
const COLLECTION = /^(?:images?|pictures?|photos?|data|dataset|aligned|original)$/i;

/** Folders of training and test splits. */
const SPLIT = /^(?:train|training|test|testing|val|valid|validation|dev|public ?test|private ?test|fold[ _-]?\d+)$/i;

/** True if both names are split folders, and different ones. */
export function isOtherPart(a: string, b: string): boolean {
  return isPart(a) && isPart(b) && a.toLowerCase() !== b.toLowerCase();
}

/** True if the name is that of a split folder. */
export function isPart(name: string): boolean {
  return SPLIT.test(name);
}

/** Least average number of pictures per person for a clue to be plausible. */
const FEWEST_PICTURES = 2;

/** Clues that fit all pictures and group them; most people first. */
export function proposePersonPatterns(pictures: readonly LabelledPath[]): PersonPattern[] {
  return CLUES.flatMap((clue) => {
    const people = pictures.map((picture) => personBy(clue, picture));
    if (people.includes(null)) return [];
    const count = new Set(people).size;
    return count > 1 && pictures.length / count >= FEWEST_PICTURES ? [{ clue, people: count }] : [];
  }).sort((a, b) => b.people - a.people);
}

/**
 * Person according to a clue: from the file's name, or the nearest folder above the label's that is no split folder; null if the clue does not fit.
 */
export function personBy(clue: PersonClue, { path, label }: LabelledPath): string | null {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  if (clue !== 'folder') return NAMES[clue].exec(file)?.[1] ?? null;
  const labelled = folders.lastIndexOf(label);
  return folders.slice(0, labelled < 0 ? undefined : labelled).findLast((folder) => !isPart(folder) && !COLLECTION.test(folder)) ?? null;
}

/** Fewer names may just as well be subsets of another kind. */
const FEWEST_PEOPLE = 3;
/** More than the usual number of demographic groups, cameras or combined data sets. */
const MANY_PEOPLE = 10;
/** Most pictures per person, on average; data sets and groups have more. */
const FEW_PICTURES = 100;
/** `S005`, `12`, `subject_3`, `Actor_01`: prefixes for people, not for cameras. */
const NUMBERED_PERSON = /^(?:[sp]|id|sub|subj|subject|person|participant|proband|actor|user)?[ _-]?\d+$/i;

/** True if folders look like people rather than groups, cameras or data sets. @param folders folder name of each picture. */
export function namePeople(folders: readonly string[]): boolean {
  const names = new Set(folders);
  if (names.size < FEWEST_PEOPLE) return false;
  const isMany = names.size >= MANY_PEOPLE && folders.length / names.size <= FEW_PICTURES;
  return isMany || Array.from(names).every((name) => NUMBERED_PERSON.test(name));
}
