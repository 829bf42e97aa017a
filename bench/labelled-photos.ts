import { readdirSync, readFileSync } from 'node:fs';
import { EXPRESSIONS } from '../src/engine/labels';
import type { LabelledPhoto } from './page/crops';

/** Lists the photos of a folder that contains one folder per expression (`happy/*.jpg`). @throws Error if there are none. */
export function labelledPhotos(directory: string | undefined): LabelledPhoto[] {
  if (directory === undefined) throw new Error('name a folder with one folder of photos per expression');
  const photos = EXPRESSIONS.flatMap((label) => {
    try {
      return readdirSync(`${directory}/${label}`).map((file) => ({
        label,
        url: `data:image/jpeg;base64,${readFileSync(`${directory}/${label}/${file}`).toString('base64')}`,
      }));
    } catch {
      return []; // no folder for this expression
    }
  });
  if (photos.length === 0) throw new Error(`${directory} has no folder named after an expression`);
  return photos;
}
