export interface Sample {
  /** Relative to the page. */
  readonly path: string;
  readonly name: string;
}

/** Drawn by the project; no person is in them. */
export const SAMPLES: readonly Sample[] = [
  { path: 'samples/one.webp', name: 'One face' },
  { path: 'samples/five.webp', name: 'Five faces' },
];

/** The sample as if it had been chosen from the disk. Rejects where it cannot be fetched. */
export async function fetchSample(sample: Sample): Promise<File> {
  const response = await fetch(new URL(sample.path, document.baseURI));
  if (!response.ok) throw new Error(`${sample.path}: ${response.status}`);
  const name = sample.path.replace('samples/', 'sample-');
  return new File([await response.blob()], name);
}
