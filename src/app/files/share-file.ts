/** Whether this browser hands files to other apps of the device. */
export function canShareFiles(): boolean {
  return 'canShare' in navigator && navigator.canShare({ files: [new File([''], 'picture.png', { type: 'image/png' })] });
}

/** Hands a file to another app of the device. A share sheet that is closed is no error. */
export async function shareFile(file: File): Promise<void> {
  try {
    await navigator.share({ files: [file] });
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
  }
}

/** A PNG onto the clipboard: promised, since a browser asks for the press that wanted it. */
export async function copyImage(picture: Promise<Blob>): Promise<void> {
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
}
