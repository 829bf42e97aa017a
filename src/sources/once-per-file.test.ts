import { expect, it } from 'vitest';
import { oncePerFile } from './once-per-file';

it('examines a file once, and again after a failure', async () => {
  const answers = [Promise.reject(new Error('gone')), Promise.resolve('there'), Promise.resolve('again')];
  const examine = oncePerFile(() => answers.shift() ?? Promise.resolve('too often'));
  const [file, other] = [new Blob(), new Blob()];
  await expect(examine(file)).rejects.toThrow('gone');
  expect([await examine(file), await examine(file), await examine(other)]).toEqual(['there', 'there', 'again']);
});
