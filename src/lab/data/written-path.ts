import { isPicture } from './folder';

/** A path from a table, written on any operating system. */
export class WrittenPath {
  /** Identifies the written path, including its drive or parent folders: an absolute path may refer to another file than a relative one. */
  readonly whole: string;
  /** Segments without drive, share and parent folders. */
  readonly parts: readonly string[];
  /** True for absolute and parent-relative paths, whose root folder may be named differently here. */
  readonly isElsewhere: boolean;

  constructor(name: string) {
    this.whole = name.trim().replaceAll('\\', '/').replace(/^\.\//, '').normalize('NFC');
    const path = this.whole.replace(/^([a-z]:)?(\.{0,2}\/)+/i, '');
    this.isElsewhere = path !== this.whole;
    this.parts = path === '' ? [] : partsOf(path);
  }

  /** All segments except the last ones, in lower case. */
  headOf(lastParts: number): string {
    return this.parts.slice(0, -lastParts).join('/').toLowerCase();
  }
}

export function partsOf(path: string): readonly string[] {
  return path.split('/');
}

/** True unless both paths have picture extensions and these differ: `a` may be `a.jpg`, but `a.png` is another file. */
export function sameEnding(a: WrittenPath, b: WrittenPath): boolean {
  const [first, second] = [a, b].map(({ whole }) => (isPicture(whole) ? whole.slice(whole.lastIndexOf('.')).toLowerCase() : ''));
  return first === second || first === '' || second === '';
}
