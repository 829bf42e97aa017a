/** Splits a name where a line may break: after underscores, hyphens and slashes, and before dots, so that an extension stays whole. */
export function breakable(name: string): string[] {
  return name.split(/(?<=[_\-/\\])(?=[^_\-/\\])|(?<=[^.])(?=\.)/u);
}
