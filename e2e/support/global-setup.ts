import { drawCameraClips } from './camera-clips';

export default async function globalSetup(): Promise<void> {
  await drawCameraClips();
}
