/** A file in the origin private file system: a folder and a name. */
export interface FilePlace {
  readonly folder: string;
  readonly name: string;
}

/** @throws DOMException if the browser does not support such files or denies access. */
async function openFolder(folder: string, create: boolean): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(folder, { create });
}

/** Opens a file, and creates it if missing. @throws DOMException as `openFolder` does. */
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

/** Deletes a file; succeeds if it is already gone. */
export async function removeFile({ folder, name }: FilePlace): Promise<void> {
  await openFolder(folder, false).then(
    (directory) => directory.removeEntry(name).catch(unlessMissing),
    () => undefined,
  );
}

function unlessMissing(error: unknown): void {
  if (!(error instanceof DOMException) || error.name !== 'NotFoundError') throw error;
}

/** Names of the files in a folder; empty if there is no such folder. */
export async function listFiles(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const name of (await openFolder(folder, false)).keys()) names.push(name);
  } catch {
    // No such folder, or no support for such files.
  }
  return names;
}
