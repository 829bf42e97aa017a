import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { expect, onTestFinished, test } from 'vitest';
import type { VideoInfo } from '../../sources/video-file-source';
import { ClipSetup } from './ClipSetup';

const INFO = { startMs: -1500, endMs: 60_000, frameRate: 25, variableFrameRate: false, size: { width: 640, height: 480 }, track: 0, tracks: [], notRead: [] } as unknown as VideoInfo;

test('the times of a part run from left to right in Arabic too, like its slider', () => {
  const page = document.createElement('div');
  page.dir = 'rtl';
  document.body.append(page);
  const root = createRoot(page);
  onTestFinished(() => {
    root.unmount();
    page.remove();
  });
  const wish = { framesPerSecond: 5, search: 'fast', fromMs: -1500, toMs: 60_000 } as const;
  flushSync(() => root.render(<ClipSetup info={INFO} wish={wish} onChange={() => undefined} onTrack={() => undefined} onStart={() => undefined} unstarted={1} onStartAll={() => undefined} again={false} />));
  const [from, to] = page.querySelectorAll<HTMLInputElement>('input[inputmode="decimal"]');
  expect([from?.value, to?.value]).toEqual(['−0:01.5', '1:00.0']);
  expect([from, to].map((field) => field && getComputedStyle(field).direction)).toEqual(['ltr', 'ltr']);
  expect(from?.getBoundingClientRect().left).toBeLessThan(to?.getBoundingClientRect().left ?? 0);
});
