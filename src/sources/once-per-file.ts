/** Keeps the result of examining a file, which is opened several times. Failures are not kept: a drive may be connected again. */
export function oncePerFile<Result>(examine: (file: Blob) => Promise<Result>): (file: Blob) => Promise<Result> {
  const results = new WeakMap<Blob, Promise<Result>>();
  return (file) => {
    const known = results.get(file);
    if (known) return known;
    const result = examine(file);
    results.set(file, result);
    result.catch(() => results.delete(file));
    return result;
  };
}
