import { readdirSync, readFileSync } from 'node:fs';
import { EXPRESSIONS } from '../src/engine/labels';
import type { LabelledPhoto } from './page/crops';

/** The photos of a folder that holds one folder per expression (`happy/*.jpg`); throws where there is none. */
export function labelledPhotos(directory: string | undefined): LabelledPhoto[] {
  if (directory === undefined) throw new Error('name a folder with one folder of photos per expression');
  const photos = EXPRESSIONS.flatMap((label) => {
    try {
      return readdirSync(`${directory}/${label}`).map((file) => ({
        label,
        url: `data:image/jpeg;base64,${readFileSync(`${directory}/${label}/${file}`).toString('base64')}`,
      }));
    } catch {
      return []; // an expression without a folder
    }
  });
  if (photos.length === 0) throw new Error(`${directory} has no folder named after an expression`);
  return photos;
}
