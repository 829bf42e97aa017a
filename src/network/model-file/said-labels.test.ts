import { strToU8 } from 'fflate';
import { expect, it } from 'vitest';
import { labelsBeside, labelsIn } from './said-labels';

const LABELS = ['angry', 'happy', 'sad', 'tongue out'];

it.each([
  ['a list', LABELS],
  ['numbers by names, as Keras’s class_indices', { sad: 2, angry: 0, 'tongue out': 3, happy: 1 }],
  ['names by numbers', { 1: 'happy', 0: 'angry', 2: 'sad', 3: 'tongue out' }],
  ['Teachable Machine’s metadata', { tfjsVersion: '1.7.4', packageName: '@teachablemachine/image', labels: LABELS, imageSize: 224 }],
  ['custom metadata in model.json', { format: 'layers-model', userDefinedMetadata: { class_names: LABELS } }],
])('finds labels in the form of %s', (_, value) => {
  expect(labelsIn(value, 4)).toEqual(LABELS);
});

it.each([
  ['too few', ['angry', 'happy']],
  ['no expressions', ['cat', 'dog', 'bird', 'fish']],
  ['a duplicate name', ['angry', 'angry', 'sad', 'happy']],
  ['numbers with a gap', { angry: 0, happy: 1, sad: 2, fear: 4 }],
])('rejects %s as labels of four outputs', (_, value) => {
  expect(labelsIn(value, 4)).toBeNull();
});

const linesBeside = (text: string) => labelsBeside([{ path: 'a/keras_model.h5', bytes: strToU8('x') }, { path: 'a/labels.txt', bytes: strToU8(text) }], 4);

it('reads numbered or plain lines of a text beside the model as labels', () => {
  expect(linesBeside('0 angry\r\n1 happy\r\n2 sad\r\n3 tongue out\r\n')).toEqual(LABELS);
  expect(linesBeside('angry\nhappy\nsad\ntongue out')).toEqual(LABELS);
  expect(linesBeside('This model was trained.\nIt tells four things.\n')).toBeNull();
});

it.each([
  '3 tongue out\n2 sad\n1 happy\n0 angry',
  'sad 2\nangry 0\nhappy 1\ntongue out 3',
  'happy,1\nangry,0\ntongue out,3\nsad,2',
  'angry: 0\nhappy: 1\nsad: 2\ntongue out: 3',
  '2_happy\n1_angry\n3_sad\n4_tongue out',
])('orders lines by their numbers: %j', (text) => {
  expect(linesBeside(text)).toEqual(LABELS);
});

it.each([
  ['with numbers on some of them', '0 angry\nhappy\n2 sad\n3 tongue out'],
  ['with one trailing number', '0 angry\n1 happy\nsad 2\n3 tongue out'],
  ['with a gap in the numbers', '0 angry\n1 happy\n2 sad\n4 tongue out'],
  ['with a duplicate number', '0 angry\n1 happy\n1 sad\n2 tongue out'],
  ['of a table', 'angry,0,120\nhappy,1,80\nsad,2,90\ntongue out,3,4'],
  ['of a program', "'angry': 0,\n'happy': 1,\n'sad': 2,\n'tongue out': 3,"],
])('rejects lines %s', (_, text) => {
  expect(linesBeside(text)).toBeNull();
});
