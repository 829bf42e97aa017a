/** The library: what another program imports. Served here from dist-lib/, which `npm run build:lib` makes. */
import { createRecognizer, MienError } from './mien/index.js';

const $ = (id) => document.getElementById(`library-${id}`);
const canvas = $('canvas');
const context = canvas.getContext('2d');

function show(value) {
  $('output').textContent = JSON.stringify(value, null, 2);
}

function explain(error) {
  // Every error is a MienError: its kind and reason are a closed set, its detail is for the console.
  $('status').textContent = error instanceof MienError ? `It failed: ${error.kind}/${error.reason}` : String(error);
}

function drawBoxes(faces, scale = 1) {
  context.lineWidth = 3;
  context.strokeStyle = '#73cfcd';
  context.fillStyle = '#73cfcd';
  context.font = '600 16px system-ui';
  for (const { box: [x, y, width, height], emotion, confidence } of faces) {
    context.strokeRect(x * scale, y * scale, width * scale, height * scale);
    context.fillText(`${emotion} ${confidence.toFixed(2)}`, x * scale, Math.max(16, y * scale - 6));
  }
}

async function readPicture(mien, file) {
  const record = await mien.detect(file);
  const picture = await createImageBitmap(file);
  const scale = 640 / picture.width;
  canvas.width = 640;
  canvas.height = Math.round(picture.height * scale);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  drawBoxes(record.faces, scale);
  $('status').textContent = record.error ?? `${record.faces.length} face(s); the largest looks ${record.emotion}.`;
  show(record);
}

async function readVideo(mien, file) {
  const progress = $('progress');
  progress.hidden = false;
  try {
    const record = await mien.detectVideo(file, { frameRate: 5, onProgress: ({ share }) => (progress.value = share) });
    $('status').textContent = `${record.summary.total_frames} frames; mostly ${record.summary.dominant_emotion ?? 'nobody'}.`;
    show(record.summary);
  } finally {
    progress.hidden = true;
  }
}

/** Follows the camera until the returned function is called. */
async function followCamera(mien) {
  const stream = await navigator.mediaDevices.getUserMedia({ video: true });
  const video = $('live');
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const stop = mien.track(video, (frame) => {
    context.clearRect(0, 0, canvas.width, canvas.height);
    drawBoxes(frame.faces);
    $('status').textContent = `Frame ${frame.frame} at ${frame.timestamp}`;
    show(frame);
  });
  return () => {
    stop();
    stream.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
    video.hidden = true;
    $('status').textContent = 'The camera is off.';
  };
}

export async function startLibrary() {
  try {
    const mien = await createRecognizer({ assetBase: './mien/', backend: 'auto', mode: 'still' });
    const { backend, model } = await mien.health();
    $('status').textContent = `Ready: ${model.id} ${model.version} on ${backend}.`;
    for (const id of ['picture', 'video', 'camera']) $(id).disabled = false;
    $('picture').addEventListener('change', ({ target }) => readPicture(mien, target.files[0]).catch(explain));
    $('video').addEventListener('change', ({ target }) => readVideo(mien, target.files[0]).catch(explain));
    let stop = null;
    $('camera').addEventListener('click', async ({ currentTarget: button }) => {
      try {
        if (stop) {
          stop();
          stop = null;
        } else {
          stop = await followCamera(mien);
        }
      } catch (error) {
        explain(error);
      }
      button.setAttribute('aria-pressed', String(stop !== null));
    });
    addEventListener('pagehide', () => void mien.dispose());
  } catch (error) {
    explain(error);
  }
}
