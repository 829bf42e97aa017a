import { createRoot } from 'react-dom/client';
import { expect, test, vi } from 'vitest';
import { pageArchive } from '../../app/archive';
import { MienError } from '../../engine/errors';
import { classifiedFace, frameOf } from '../../session/observation-fixture';
import { ObservationStore } from '../../session/observation-store';
import RecoveryNotice from './RecoveryNotice';

test('says so if an interrupted recording cannot be deleted or restored, and lets the user try again', async () => {
  const archive = await pageArchive();
  const store = new ObservationStore();
  store.append(frameOf(0, classifiedFace(1, 'happy')));
  await archive.add(
    {
      ...{ id: crypto.randomUUID(), kind: 'webcam', name: 'Webcam', startedAtMs: 0, durationMs: 1000, frame: null, reading: null },
      ...{ model: { id: 'm', version: '1', sha256: '' }, frames: 1, framesWithFaces: 1, skippedFrames: 0, markers: [], people: [], state: 'open' },
    },
    store,
  );
  const page = document.body.appendChild(document.createElement('div'));
  const root = createRoot(page);
  for (const work of ['trash', 'restore'] as const) vi.spyOn(archive, work).mockRejectedValueOnce(new MienError('storage', 'full'));
  const press = async (name: string) => {
    await expect.poll(() => Array.from(page.querySelectorAll('button'), (button) => button.textContent)).toContain(name);
    Array.from(page.querySelectorAll('button')).find((button) => button.textContent === name)?.click();
  };
  try {
    root.render(<RecoveryNotice />);
    await press('Delete');
    await expect.poll(() => page.querySelector('[role="alert"]')?.textContent).toBeTruthy();
    expect(page.textContent).not.toContain('was deleted');
    await press('Delete');
    await expect.poll(() => page.textContent).toContain('The interrupted recording was deleted');
    await press('Undo');
    await expect.poll(() => page.querySelector('[role="alert"]')?.textContent).toBeTruthy();
    await press('Undo');
    await expect.poll(() => page.textContent).toContain('A recording was interrupted.');
  } finally {
    vi.restoreAllMocks();
    await archive.deleteAll();
    root.unmount();
    page.remove();
  }
});
