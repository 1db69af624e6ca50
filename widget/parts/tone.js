// One soft tone, in one of the tabs that would play it.

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
let context;

const play = async () => {
  context ??= new AudioContext();
  // A browser lets nothing be heard before the visitor's first touch, and does not say so.
  await Promise.race([context.resume(), wait(300)]);
  if (context.state !== "running") return;
  const [sound, loudness] = [context.createOscillator(), context.createGain()];
  const now = context.currentTime;
  sound.frequency.value = 660;
  loudness.gain.setValueAtTime(0, now);
  loudness.gain.linearRampToValueAtTime(0.12, now + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.001, now + 0.4);
  sound.connect(loudness).connect(context.destination);
  sound.start(now);
  sound.stop(now + 0.4);
  document.documentElement.dataset.rang = +(document.documentElement.dataset.rang ?? 0) + 1;
  await wait(600);
};

/** Plays it, unless another tab does so at the same time. */
export default () =>
  navigator.locks
    ? navigator.locks.request("baton.tone", { ifAvailable: true }, (lock) => lock && play())
    : play();
