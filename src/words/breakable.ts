/** A name's parts, between which a line may break: behind underscores, hyphens and slashes, and before dots, so that an extension stays whole. */
export function breakable(name: string): string[] {
  return name.split(/(?<=[_\-/\\])(?=[^_\-/\\])|(?<=[^.])(?=\.)/u);
}
