import { expect, it, vi } from 'vitest';
import { ImportFailed, RetryableImport } from './retryable-import';

// After a failure, the page's style sheets are checked.
vi.stubGlobal('document', { querySelectorAll: () => [] });

it('fetches a part once for all renderings', async () => {
  const load = vi.fn(() => Promise.resolve({ default: () => null }));
  const source = new RetryableImport(load);
  const first = source.fetch();
  expect(source.fetch()).toBe(first);
  await first;
  expect(source.fetch()).toBe(first);
  expect(load).toHaveBeenCalledTimes(1);
});

it('keeps a failure until it is forgotten, because every rendering would fetch again otherwise', async () => {
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
