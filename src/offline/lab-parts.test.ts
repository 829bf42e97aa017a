import { expect, it } from 'vitest';
import { partManifest } from './lab-parts';

it('separates the Lab’s files from those that everyone caches', () => {
  const [index, page, worker] = [{ url: 'index.html', revision: '1' }, { url: 'assets/LabPlace-abc.js', revision: null }, 'assets/lab.worker-abc.js'];
  const others = ['assets/brought-model-abc.js', 'assets/WhyDialog-abc.js', 'lab/probe-faces.bin'];
  const { app, lab } = partManifest([index, page, worker, ...others, 'assets/pipeline.worker-abc.js']);
  expect(app).toEqual([index, 'assets/pipeline.worker-abc.js']);
  expect(lab).toEqual([page.url, worker, ...others]);
});
