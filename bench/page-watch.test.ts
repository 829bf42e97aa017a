import type { Page } from '@playwright/test';
import { expect, it, vi } from 'vitest';
import { appearance } from './page-watch';

it('rejects with the selector if the page no longer has such an element', async () => {
  vi.useFakeTimers();
  const page = { evaluate: () => new Promise(() => undefined) } as unknown as Page;
  const late = expect(appearance(page, '[role=tab]', 'Live')).rejects.toThrow('no [role=tab] with “Live” came up');
  await vi.advanceTimersByTimeAsync(120_000);
  await late;
  vi.useRealTimers();
});
