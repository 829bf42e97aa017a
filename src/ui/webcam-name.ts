import { formatMoment } from './format';

/** What a recording of the webcam is called until somebody gives it another name. */
export function webcamName(startedAtMs: number): string {
  return `Webcam, ${formatMoment(startedAtMs)}`;
}
