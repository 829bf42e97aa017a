/** The frame: any site shows it and talks with it by postMessage. The messages are typed in the library as EmbedRequest and EmbedAnswer. */
const $ = (id) => document.getElementById(id);
const frame = $('frame');
/** Where the built site is served; `?embed=` names another place. */
const address = new URL(new URLSearchParams(location.search).get('embed') ?? 'http://localhost:4181/embed.html');

/** Never to '*': only Mien's own origin may hear it. */
function send(message, transfer = []) {
  frame.contentWindow.postMessage({ mien: 1, ...message }, address.origin, transfer);
}

function say(text) {
  $('frame-status').textContent = text;
}

function receive({ data, origin, source }) {
  if (source !== frame.contentWindow || origin !== address.origin || data?.mien !== 1) return;
  $('frame-output').textContent = JSON.stringify(data, null, 2);
  const camera = $('frame-camera');
  switch (data.type) {
    case 'ready':
      say(`Ready: ${data.model.id} ${data.model.version}.`);
      for (const id of ['frame-picture', 'frame-camera']) $(id).disabled = false;
      break;
    case 'result':
      say(data.result.error ?? `The largest face looks ${data.result.emotion}.`);
      break;
    case 'tracking':
      camera.setAttribute('aria-pressed', 'true');
      say('The camera is on.');
      break;
    case 'track-ended':
      camera.setAttribute('aria-pressed', 'false');
      say(`The camera is off (${data.by}).`);
      break;
    case 'error':
      say(`It failed: ${data.error.kind}/${data.error.reason}`);
  }
}

async function sendPicture(file) {
  // Handed over without a copy. A File or a data: URI would do as well.
  const image = await createImageBitmap(file);
  send({ type: 'detect', id: file.name, file: file.name, image }, [image]);
}

export function startFrame() {
  addEventListener('message', receive);
  // The frame answers only the origins that its address names.
  address.searchParams.set('origin', location.origin);
  frame.src = address.href;
  $('frame-picture').addEventListener('change', ({ target }) => void sendPicture(target.files[0]));
  $('frame-camera').addEventListener('click', ({ currentTarget: button }) => {
    const isOn = button.getAttribute('aria-pressed') === 'true';
    send(isOn ? { type: 'track-stop' } : { type: 'track-start', id: 'camera' });
  });
}
