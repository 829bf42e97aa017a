import { settingsStore } from '../app/settings';

/** Tells the style sheet whether pictures of people may be printed. Returns a function that stops it. */
export function followPicturesOnPaper(): () => void {
  const apply = () => document.documentElement.toggleAttribute('data-unpictured', !settingsStore().getSnapshot().picturesOnPaper);
  apply();
  return settingsStore().subscribe(apply);
}
