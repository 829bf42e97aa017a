const LETTERS = 26;

/** A, B … Z, AA, AB … for people 1, 2 …; letters, because numbers denote tracks. */
export function personLetter(person: number): string {
  const rest = Math.floor((person - 1) / LETTERS);
  return (rest > 0 ? personLetter(rest) : '') + String.fromCharCode(65 + ((person - 1) % LETTERS));
}
