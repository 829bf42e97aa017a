/** Files that the browser keeps for this site alone (its origin private file system): a folder and a name. */
export interface FilePlace {
  readonly folder: string;
  readonly name: string;
}

/** @throws DOMException where the browser has no such files or denies them. */
async function openFolder(folder: string, create: boolean): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(folder, { create });
}

/** Opens a file, made where it is missing. Throws as `openFolder` does. */
export async function createFile({ folder, name }: FilePlace): Promise<FileSystemFileHandle> {
  return (await openFolder(folder, true)).getFileHandle(name, { create: true });
}

/** A file's content, read lazily; null if there is no such file. */
export async function readFile({ folder, name }: FilePlace): Promise<File | null> {
  try {
    return await (await (await openFolder(folder, false)).getFileHandle(name)).getFile();
  } catch {
    return null;
  }
}

/** Removes a file; one that is gone already is no error. */
export async function removeFile({ folder, name }: FilePlace): Promise<void> {
  await openFolder(folder, false).then(
    (directory) => directory.removeEntry(name).catch(unlessMissing),
    () => undefined,
  );
}

function unlessMissing(error: unknown): void {
  if (!(error instanceof DOMException) || error.name !== 'NotFoundError') throw error;
}

/** The names in a folder; none where there is no such folder. */
export async function listFiles(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const name of (await openFolder(folder, false)).keys()) names.push(name);
  } catch {
    // No folder, or no such files in this browser at all.
  }
  return names;
}
