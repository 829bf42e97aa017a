/** Whether this browser can share files with other apps. */
export function canShareFiles(): boolean {
  return 'canShare' in navigator && navigator.canShare({ files: [new File([''], 'picture.png', { type: 'image/png' })] });
}

/** Shares a file with another app. Dismissing the share sheet is not an error. */
export async function shareFile(file: File): Promise<void> {
  try {
    await navigator.share({ files: [file] });
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
  }
}

/** Copies a PNG to the clipboard. Takes a promise, since browsers require the call within the user's gesture. */
export async function copyImage(picture: Promise<Blob>): Promise<void> {
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
}
