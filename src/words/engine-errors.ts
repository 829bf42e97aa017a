import type { Wordings } from './wording';

/** What can go wrong with models, the engine, and calls from other pages. */
export const ENGINE_ERRORS: Wordings<'model' | 'model-file' | 'data-set' | 'engine' | 'call'> = {
  model: {
    'not-found': {
      title: 'The model is missing',
      advice: 'The site seems to be incomplete. Try again; if you host it yourself, build and copy it again.',
    },
    corrupt: {
      title: 'A file arrived damaged',
      advice: 'It was not used. Try again; if the problem persists, the site itself holds a damaged file.',
    },
    incompatible: {
      title: 'The model does not fit this version',
      advice: 'Reload the page to get matching parts.',
    },
    network: {
      title: 'The model could not be fetched',
      advice: 'Check your connection and try again.',
    },
  },
  'model-file': {
    'not-a-model': {
      title: 'This is not a model',
      advice: 'Choose an .h5 or .keras file, or the folder or ZIP of a TensorFlow.js model.',
    },
    damaged: {
      title: 'The model is damaged',
      advice: 'The file is cut short, or its parts do not fit together. Copy or save it again.',
    },
    'part-missing': {
      title: 'A part of the model is missing',
      advice: 'Choose all files of its folder together.',
    },
    'weights-only': {
      title: 'The file holds weights without their network',
      advice: 'Save the whole model with model.save(), or choose the file of model.to_json() together with it.',
    },
    'unsupported-layer': {
      title: 'The model has a layer that cannot be run here',
      advice: 'Save it without that layer, or with a layer of Keras in its place.',
    },
    'not-a-classifier': {
      title: 'The model does not classify faces',
      advice: 'It needs one square picture as input, grey or in colour, and one number for each expression as output.',
    },
    'too-large': {
      title: 'The model is too large for a browser',
      advice: 'A tab can run up to 64 million parameters, in up to 512 MB of files.',
    },
  },
  'data-set': {
    'no-pictures': {
      title: 'There is no picture in it',
      advice: 'Choose a folder with a subfolder for each expression, or a CSV together with its pictures.',
    },
    'not-a-table': {
      title: 'This table names no pictures',
      advice: 'Its first line has to name a column of files (file, image, path), of pixels, or sheet, row and col.',
    },
    'too-large': {
      title: 'This is more than a tab can hold',
      advice: 'Choose up to 100,000 pictures at a time.',
    },
    'one-class': {
      title: 'All faces have the same label',
      advice: 'A model can be taught only what sets two or more classes apart. Add faces of another one.',
    },
    'too-few': {
      title: 'There are too few faces',
      advice: 'Each class needs at least 5 faces.',
    },
    'no-labels': {
      title: 'No face has a label that the model knows',
      advice: 'Say in the Data step what the labels stand for.',
    },
  },
  engine: {
    'not-in-browser': {
      title: 'This is not a browser',
      advice: 'Mien reads pictures in a web page. Open it in Chrome, Edge, Firefox or Safari.',
    },
    'worker-blocked': {
      title: 'The analysis could not be started',
      advice: 'A policy of this page blocks its worker. If you run the site: docs/library.md lists what it must allow.',
    },
    'assets-not-found': {
      title: 'A part of Mien is missing on the server',
      advice: 'Reload the page: a new version may have replaced the old one. If you run the site or import the library: serve the whole folder, and name it in `assetBase`.',
    },
    'wasm-blocked': {
      title: 'WebAssembly is blocked',
      advice: 'This browser, an extension or a policy blocks WebAssembly, which finding faces needs. Allow it for this page and try again.',
    },
    'no-backend': {
      title: 'No compute backend works here',
      advice: 'Every backend failed its check on this device. Update your browser, or choose another backend in the settings.',
    },
    'worker-died': {
      title: 'The analysis stopped unexpectedly',
      advice: 'Try again. If it happens often, close other tabs to free memory.',
    },
    timeout: {
      title: 'The analysis took too long',
      advice: 'Try again, or choose another backend in the settings.',
    },
    disposed: {
      title: 'The analysis was interrupted',
      advice: 'The engine was restarted. Try again.',
    },
    unknown: {
      title: 'Something went wrong',
      advice: 'Try again. If the problem persists, reload the page.',
    },
  },
  call: {
    'wrong-type': {
      title: 'This request was not understood',
      advice: 'The page around this frame sent something other than a picture. Reload it, or contact its developers.',
    },
    'out-of-range': {
      title: 'This request was not understood',
      advice: 'The page around this frame asked for something that this frame does not offer. Reload it, or contact its developers.',
    },
    busy: {
      title: 'Too many pictures at once',
      advice: 'Wait until some have been read, then send more.',
    },
    aborted: {
      title: 'Analysis cancelled',
      advice: 'Start it again to analyse it.',
    },
  },
};

