import type { StoredModel } from './model-database';

/** A stored model's files as one archive, which can be imported again elsewhere. */
export async function modelZip({ files }: Pick<StoredModel, 'files'>): Promise<Blob> {
  const { zipSync } = await import('fflate');
  const parts = await Promise.all(files.map(async ({ path, content }) => [path, new Uint8Array(await content.arrayBuffer())] as const));
  return new Blob([zipSync(Object.fromEntries(parts))], { type: 'application/zip' });
}
