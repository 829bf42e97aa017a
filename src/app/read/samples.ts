export interface Sample {
  /** Relative to the page. */
  readonly path: string;
  /** Of a small picture of it, relative to the page. */
  readonly picture: string;
  readonly name: string;
}

/** Drawn by the project; no person is in them. */
export const SAMPLES: readonly Sample[] = [
  { path: 'samples/one.webp', picture: 'samples/one.webp', name: 'One face' },
  { path: 'samples/five.webp', picture: 'samples/five.webp', name: 'Five faces' },
  { path: 'samples/clip.mp4', picture: 'samples/clip.webp', name: 'Two people, 12 seconds' },
];

/** The sample as if it had been chosen from the disk. Rejects where it cannot be fetched. */
export async function fetchSample({ path }: Sample): Promise<File> {
  const response = await fetch(new URL(path, document.baseURI));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  const blob = await response.blob();
  return new File([blob], path.replace('samples/', 'sample-'), { type: blob.type });
}
