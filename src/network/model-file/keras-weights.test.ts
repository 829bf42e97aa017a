import { expect, it } from 'vitest';
import { weightsNamed } from './keras-weights';

it('tells the weights of layers apart whose names have slashes', () => {
  const names = ['net/Conv/kernel', 'net/block/squeeze/Conv/kernel', 'net/block/squeeze/Conv/bias', 'net/lstm/lstm_cell/kernel', 'net/seed_generator/state', 'net/Conv/norm/gamma'];
  const layers = ['Conv', 'Conv/norm', 'block/squeeze/Conv', 'lstm'];
  expect(weightsNamed(names, 'Conv', layers)).toEqual(['net/Conv/kernel']);
  expect(weightsNamed(names, 'Conv/norm', layers)).toEqual(['net/Conv/norm/gamma']);
  expect(weightsNamed(names, 'block/squeeze/Conv', layers)).toEqual(names.slice(1, 3));
  expect(weightsNamed(names, 'lstm', layers)).toEqual(['net/lstm/lstm_cell/kernel']);
  expect(weightsNamed(names, 'dense', layers)).toEqual([]);
  expect(weightsNamed(names, null, layers)).toHaveLength(5);
});
