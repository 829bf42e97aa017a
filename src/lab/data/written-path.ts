import { isPicture } from './folder';

/** A path as a table of any system writes it. */
export class WrittenPath {
  /** Also tells apart those of other places: it may mean what a relative one does not. */
  readonly whole: string;
  /** Without drive, share and the folders above. */
  readonly parts: readonly string[];
  /** Whether the folder in which it lies may have another name here. */
  readonly isElsewhere: boolean;

  constructor(name: string) {
    this.whole = name.trim().replaceAll('\\', '/').replace(/^\.\//, '').normalize('NFC');
    const path = this.whole.replace(/^([a-z]:)?(\.{0,2}\/)+/i, '');
    this.isElsewhere = path !== this.whole;
    this.parts = path === '' ? [] : partsOf(path);
  }

  /** All but the last parts, in lower case. */
  headOf(lastParts: number): string {
    return this.parts.slice(0, -lastParts).join('/').toLowerCase();
  }
}

export function partsOf(path: string): readonly string[] {
  return path.split('/');
}

/** Whether no two endings of pictures are named: `a` may be `a.jpg`, and `a.png` is another file. */
export function sameEnding(a: WrittenPath, b: WrittenPath): boolean {
  const [first, second] = [a, b].map(({ whole }) => (isPicture(whole) ? whole.slice(whole.lastIndexOf('.')).toLowerCase() : ''));
  return first === second || first === '' || second === '';
}
