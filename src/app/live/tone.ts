let audio: AudioContext | null = null;

/** Plays a short, soft tone. Works only after a user gesture: browsers mute pages until then. */
export function playTone(hertz: number): void {
  audio ??= new AudioContext();
  const startS = audio.currentTime;
  const endS = startS + 0.18;
  const loudness = new GainNode(audio, { gain: 0 });
  loudness.gain.setValueAtTime(0.12, startS);
  loudness.gain.exponentialRampToValueAtTime(0.001, endS);
  const source = new OscillatorNode(audio, { frequency: hertz });
  source.connect(loudness).connect(audio.destination);
  source.start(startS);
  source.stop(endS);
}
