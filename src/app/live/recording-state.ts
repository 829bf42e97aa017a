import { Store } from '../../engine/store';

/** Whether the webcam is being recorded, for parts of the page that do not load the live session. */
export const isRecordingLive = new Store(false);
