import { settingsStore } from '../app/settings';

/** Has the style sheet know whether pictures of people may be printed. Returns what ends that. */
export function followPicturesOnPaper(): () => void {
  const apply = () => document.documentElement.toggleAttribute('data-unpictured', !settingsStore().getSnapshot().picturesOnPaper);
  apply();
  return settingsStore().subscribe(apply);
}
