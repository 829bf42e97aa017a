import { expect, it, vi } from 'vitest';
import { ImportFailed, RetryableImport } from './retryable-import';

// A failure has the page's stylesheets looked at.
vi.stubGlobal('document', { querySelectorAll: () => [] });

it('has a part fetched once, for every rendering', async () => {
  const load = vi.fn(() => Promise.resolve({ default: () => null }));
  const source = new RetryableImport(load);
  const first = source.fetch();
  expect(source.fetch()).toBe(first);
  await first;
  expect(source.fetch()).toBe(first);
  expect(load).toHaveBeenCalledTimes(1);
});

it('keeps a failure for every rendering, which would ask without end otherwise, until it is to be forgotten', async () => {
  const load = vi.fn<() => Promise<{ default: () => null }>>().mockRejectedValueOnce(new Error('offline'));
  load.mockResolvedValue({ default: () => null });
  const source = new RetryableImport(load);
  const failed = source.fetch();
  await expect(failed).rejects.toBeInstanceOf(ImportFailed);
  expect(source.fetch()).toBe(failed);
  source.forget();
  await expect(source.fetch()).resolves.toHaveProperty('default');
  expect(load).toHaveBeenCalledTimes(2);
});
