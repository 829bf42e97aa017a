import { createRecognizer } from '../../src/api/recognizer';
import type { RecognizerHealth } from '../../src/api/recognizer-health';

/** Position of a 48×48 face in its sheet. */
export interface SheetFace {
  readonly sheet: string;
  readonly row: number;
  readonly col: number;
}

export interface NamedFile {
  readonly name: string;
  readonly base64: string;
}

declare global {
  interface Window {
    /** Returns a model's answer to each face, and its input settings. Sheets are base64 PNGs by name. */
    readCrops(model: NamedFile, sheets: Readonly<Record<string, string>>, faces: readonly SheetFace[]): Promise<{ answers: string[]; input: RecognizerHealth['modelInput'] }>;
  }
}

const SIDE = 48;
const AT_ONCE = 128;

const blobOf = (base64: string) => new Blob([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))]);

window.readCrops = async (model, sheets, faces) => {
  const recognizer = await createRecognizer({ assetBase: './', backend: 'wasm', model: new File([blobOf(model.base64)], model.name) });
  const pictures = new Map(await Promise.all(Object.entries(sheets).map(async ([name, base64]) => [name, await createImageBitmap(blobOf(base64))] as const)));
  const answers: string[] = [];
  for (let at = 0; at < faces.length; at += AT_ONCE) {
    const crops = await Promise.all(
      faces.slice(at, at + AT_ONCE).map(({ sheet, row, col }) => {
        const picture = pictures.get(sheet);
        if (!picture) throw new Error(`no sheet ${sheet}`);
        return createImageBitmap(picture, col * SIDE, row * SIDE, SIDE, SIDE);
      }),
    );
    answers.push(...(await recognizer.classifyFaces(crops)).map(({ emotion }) => emotion));
    for (const crop of crops) crop.close();
  }
  const { modelInput } = await recognizer.health();
  await recognizer.dispose();
  for (const picture of pictures.values()) picture.close();
  return { answers, input: modelInput };
};
