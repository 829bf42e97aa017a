import type { Wordings } from './wording';
import { msg } from './i18n';

/** Errors of models, the engine, and calls from other pages. */
export const ENGINE_ERRORS: Wordings<'model' | 'model-file' | 'data-set' | 'engine' | 'call'> = {
  model: {
    'not-found': {
      title: msg('The model is missing'),
      advice: msg('The site seems to be incomplete. Try again; if you host it yourself, build and copy it again.'),
    },
    corrupt: {
      title: msg('A file arrived damaged'),
      advice: msg('It was not used. Try again; if the problem persists, the site itself holds a damaged file.'),
    },
    incompatible: {
      title: msg('The model does not fit this version'),
      advice: msg('Reload the page to get matching parts.'),
    },
    network: {
      title: msg('The model could not be fetched'),
      advice: msg('Check your connection and try again.'),
    },
  },
  'model-file': {
    'not-a-model': {
      title: msg('This is not a model'),
      advice: msg('Choose an .h5 or .keras file, or the folder or ZIP of a TensorFlow.js model.'),
    },
    damaged: {
      title: msg('The model is damaged'),
      advice: msg('The file is cut short, or its parts do not fit together. Copy or save it again.'),
    },
    'part-missing': {
      title: msg('A part of the model is missing'),
      advice: msg('Choose all files of its folder together.'),
    },
    'weights-only': {
      title: msg('The file holds weights without their network'),
      advice: msg('Save the whole model with model.save(), or choose the file of model.to_json() together with it.'),
    },
    'unsupported-layer': {
      title: msg('The model has a layer that cannot be run here'),
      advice: msg('Save it without that layer, or with a layer of Keras in its place.'),
    },
    'unsupported-storage': {
      title: msg('The file is packed in a way that cannot be read here'),
      advice: msg('It need not be damaged. Load it in Keras and save it again with model.save().'),
    },
    'not-a-classifier': {
      title: msg('The model does not classify faces'),
      advice: msg('It needs one square picture as input, grey or in colour, and one number for each expression as output.'),
    },
    'too-large': {
      title: msg('The model is too large for a browser'),
      advice: msg('A tab can run up to 64 million parameters, in up to 512 MB of files.'),
    },
  },
  'data-set': {
    'no-pictures': {
      title: msg('It contains no picture'),
      advice: msg('Choose a folder with a subfolder for each expression, or a CSV together with its pictures.'),
    },
    'no-faces': {
      title: msg('No face was found in any of its pictures'),
      advice: msg('Choose pictures in which faces are at least 50 pixels high and turned to the camera. If each picture is a face that is cropped already, choose the data again and say so.'),
    },
    'not-a-table': {
      title: msg('This table names no pictures'),
      advice: msg('Its first line has to name a column of files (file, image, path), of pixels, or sheet, row and col.'),
    },
    'too-large': {
      title: msg('This is more than a tab can hold'),
      advice: msg('Choose fewer pictures at a time: 100,000 at most, fewer on a device with little memory.'),
    },
    'one-class': {
      title: msg('All faces have the same label'),
      advice: msg('A model can be taught only what sets two or more classes apart. Add faces of another one.'),
    },
    'too-few': {
      title: msg('There are too few faces'),
      advice: msg('Each class needs at least 5 faces.'),
    },
    'no-labels': {
      title: msg('No face has a label that the model knows'),
      advice: msg('Say in the Data step what the labels stand for.'),
    },
    changed: {
      title: msg('These are not the faces that the training began with'),
      advice: msg('Choose the same faces with the same labels and people to go on, or start anew.'),
    },
  },
  engine: {
    'not-in-browser': {
      title: msg('This is not a browser'),
      advice: msg('Mien reads pictures in a web page. Open it in Chrome, Edge, Firefox or Safari.'),
    },
    'worker-blocked': {
      title: msg('The analysis could not be started'),
      advice: msg('A policy of this page blocks its worker. If you run the site: docs/library.md lists what it must allow.'),
    },
    'assets-not-found': {
      title: msg('A part of Mien is missing on the server'),
      advice: msg('Reload the page: a new version may have replaced the old one. If you run the site or import the library: serve the whole folder, and name it in `assetBase`.'),
    },
    'wasm-blocked': {
      title: msg('WebAssembly is blocked'),
      advice: msg('This browser, an extension or a policy blocks WebAssembly, which finding faces needs. Allow it for this page and try again.'),
    },
    'no-backend': {
      title: msg('No compute backend works here'),
      advice: msg('Every backend failed its check on this device. Update your browser, or choose another backend in the settings.'),
    },
    'worker-died': {
      title: msg('The analysis stopped unexpectedly'),
      advice: msg('Try again. If it happens often, close other tabs to free memory.'),
    },
    timeout: {
      title: msg('The analysis took too long'),
      advice: msg('Try again, or choose another backend in the settings.'),
    },
    disposed: {
      title: msg('The analysis was interrupted'),
      advice: msg('The engine was restarted. Try again.'),
    },
    unknown: {
      title: msg('Something went wrong'),
      advice: msg('Try again. If the problem persists, reload the page.'),
    },
  },
  call: {
    'wrong-type': {
      title: msg('This request was not understood'),
      advice: msg('The page around this frame sent something other than a picture. Reload it, or contact its developers.'),
    },
    'out-of-range': {
      title: msg('This request was not understood'),
      advice: msg('The page around this frame asked for something that this frame does not offer. Reload it, or contact its developers.'),
    },
    busy: {
      title: msg('Too many pictures at once'),
      advice: msg('Wait until some have been read, then send more.'),
    },
    aborted: {
      title: msg('Analysis cancelled'),
      advice: msg('Start it again to analyse it.'),
    },
  },
};

