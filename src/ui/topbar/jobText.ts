/** The progress of long work in words. */
import type { PropagationJob } from '../../state/maskflowState';
import { formatDuration, formatRate, formatTimeLeft } from '../timeline/timeFormat';

/** `Loading XMem…`, then `XMem: 12 / 149 frames · 0.3 frames/s · 4 min 20 s left`; what is not known yet is left out. A frame of two passes counts twice. */
export function propagationText(job: PropagationJob): string {
  if (job.state === 'waiting') {
    return 'Waiting for the prompted masks';
  }
  if (job.loading !== undefined && job.state !== 'stopping') {
    return job.state === 'paused' ? `Loading ${job.loading}, then paused` : `Loading ${job.loading}…`;
  }
  const passes = job.hasTwoPasses ? ' in two passes' : '';
  const who = job.drawnBy === undefined ? '' : `${job.drawnBy}: `;
  const parts = [`${who}${job.framesDone} / ${job.frameCount} frames${passes}`];
  if (job.framesPerSec !== null) {
    const rate =
      job.framesPerSec < 10
        ? formatRate(Math.round(job.framesPerSec * 10) / 10)
        : formatRate(Math.round(job.framesPerSec));
    parts.push(
      job.framesPerSec < 0.1 ? `${formatDuration(1 / job.framesPerSec)} per frame` : `${rate} frames/s`,
    );
  }
  if (job.state === 'stopping') {
    parts.push('stopping');
  } else if (job.state === 'paused') {
    parts.push('paused');
  } else if (job.secondsLeft !== null) {
    parts.push(`${formatTimeLeft(job.secondsLeft)} left`);
  }
  return parts.join(' · ');
}
