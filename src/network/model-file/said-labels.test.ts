import { strToU8 } from 'fflate';
import { expect, it } from 'vitest';
import { labelsBeside, labelsIn } from './said-labels';

const LABELS = ['angry', 'happy', 'sad', 'tongue out'];

it.each([
  ['a list', LABELS],
  ['numbers by names, as Keras’s class_indices', { sad: 2, angry: 0, 'tongue out': 3, happy: 1 }],
  ['names by numbers', { 1: 'happy', 0: 'angry', 2: 'sad', 3: 'tongue out' }],
  ['Teachable Machine’s metadata', { tfjsVersion: '1.7.4', packageName: '@teachablemachine/image', labels: LABELS, imageSize: 224 }],
  ['what a program added to model.json', { format: 'layers-model', userDefinedMetadata: { class_names: LABELS } }],
])('labels are found as %s', (_, value) => {
  expect(labelsIn(value, 4)).toEqual(LABELS);
});

it.each([
  ['too few', ['angry', 'happy']],
  ['no expressions', ['cat', 'dog', 'bird', 'fish']],
  ['one name twice', ['angry', 'angry', 'sad', 'happy']],
  ['numbers that leave one out', { angry: 0, happy: 1, sad: 2, fear: 4 }],
])('%s are no labels of four outputs', (_, value) => {
  expect(labelsIn(value, 4)).toBeNull();
});

it('lines of a text beside the model are labels, numbered or not', () => {
  const beside = (text: string) => labelsBeside([{ path: 'a/keras_model.h5', bytes: strToU8('x') }, { path: 'a/labels.txt', bytes: strToU8(text) }], 4);
  expect(beside('0 angry\r\n1 happy\r\n2 sad\r\n3 tongue out\r\n')).toEqual(LABELS);
  expect(beside('angry\nhappy\nsad\ntongue out')).toEqual(LABELS);
  expect(beside('This model was trained.\nIt tells four things.\n')).toBeNull();
});
