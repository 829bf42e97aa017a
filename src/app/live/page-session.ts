import { engineHolder } from '../engine-holder';
import { settingsStore } from '../settings';
import { guardUnsaved } from '../unsaved-guard';
import type { VideoWish } from './camera-video';
import { faceFade } from './face-fade';
import { LiveSession } from './live-session';

function videoWish(): VideoWish | null {
  const { recordLook, recordFormat, showHeadPose } = settingsStore().getSnapshot();
  return recordLook === 'data' ? null : { look: recordLook, format: recordFormat, overlay: { pose: showHeadPose } };
}

let pageSession: LiveSession | null = null;

/** The page's only session. */
export function liveSession(): LiveSession {
  if (!pageSession) {
    pageSession = new LiveSession({ engine: engineHolder.eventuallyReady, settings: settingsStore(), fadeMs: faceFade(), videoWish });
    const { recorder } = pageSession;
    guardUnsaved(recorder.subscribe, () => recorder.getSnapshot().trouble !== null);
  }
  return pageSession;
}
