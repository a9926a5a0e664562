/** The page of the second baseline: the same decoder as the app's paints whole frames on one canvas, nothing else. */
import { ALL_FORMATS, BlobSource, Input, VideoSampleSink, type VideoSample } from 'mediabunny';

declare global {
  interface Window {
    /** Opens the chosen file; then each move of the pressed pointer is a wish for the frame so far from `firstFrame`. */
    openClip(options: { firstFrame: number; framesPerPx: number; framesPerSec: number }): Promise<void>;
    picturesDecoded: number;
  }
}

type Run = { readonly samples: AsyncGenerator<VideoSample, void, unknown>; nextIndex: number };

window.picturesDecoded = 0;

window.openClip = async ({ firstFrame, framesPerPx, framesPerSec }) => {
  const file = document.querySelector('input')?.files?.[0];
  const canvas = document.querySelector('canvas');
  const context = canvas?.getContext('2d', { alpha: false });
  const track =
    file && (await new Input({ formats: ALL_FORMATS, source: new BlobSource(file) }).getPrimaryVideoTrack());
  if (!canvas || !context || !track) {
    throw new Error('there is no clip');
  }
  canvas.width = await track.getDisplayWidth();
  canvas.height = await track.getDisplayHeight();
  const sink = new VideoSampleSink(track);
  let run: Run = { samples: sink.samples(firstFrame / framesPerSec), nextIndex: firstFrame };
  let shown = -1;
  let wanted = firstFrame;
  let isBusy = false;

  /** The decoder runs on to the newest frame wanted; the benchmark goes forward only. */
  async function showWanted(): Promise<void> {
    isBusy = true;
    while (shown !== wanted) {
      const frame = wanted;
      if (frame < run.nextIndex) {
        await run.samples.return();
        run = { samples: sink.samples(frame / framesPerSec), nextIndex: frame };
      }
      let step = await run.samples.next();
      for (run.nextIndex += 1; run.nextIndex <= frame && !step.done; run.nextIndex += 1) {
        step.value.close();
        step = await run.samples.next();
      }
      if (step.done) {
        throw new Error(`the clip ends before frame ${frame}`);
      }
      step.value.draw(context!, 0, 0);
      step.value.close();
      shown = frame;
      window.picturesDecoded += 1;
    }
    isBusy = false;
  }

  let fromPx: number | null = null;
  let request = 0;
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    fromPx = event.clientX;
  });
  canvas.addEventListener('pointermove', (event) => {
    if (fromPx === null) {
      return;
    }
    wanted = firstFrame + Math.round((event.clientX - fromPx) * framesPerPx);
    request ||= requestAnimationFrame(() => {
      request = 0;
      if (!isBusy) {
        void showWanted();
      }
    });
  });
  await showWanted();
};
