import { Store } from '../../engine/store';

/** The webcam's recording, for parts of the page that do not load the live session. `ended`: not by the user, who has not dismissed it yet. */
export const liveRecording = new Store<'off' | 'on' | 'ended'>('off');
