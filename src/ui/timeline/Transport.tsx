/** Playing, stepping, and where the clip is. */
import { ChevronFirst, ChevronLast, Pause, Play, Repeat, StepBack, StepForward } from 'lucide-react';
import { frameCount } from '../../core/video/frameTable';
import type { FootageInfo } from '../../core/video/footageInfo';
import { playbackRates, type PlaybackRate } from '../../state/maskflowState';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { keyHint } from '../keys/shortcuts';
import { IconButton } from '../shell/IconButton';
import { keepFocus } from '../shell/keepFocus';
import { timelineText } from '../text/timelineText';
import { RangeButtons } from './RangeButtons';
import { TimeReadout } from './TimeReadout';

type TransportProps = { footage: FootageInfo };

function asRate(text: string): PlaybackRate {
  return playbackRates.find((rate) => String(rate) === text) ?? 1;
}

export function Transport({ footage }: TransportProps) {
  const app = useApp();
  const isPlaying = useMaskflow((state) => state.isPlaying);
  const isLooping = useMaskflow((state) => state.isLooping);
  const setLooping = useMaskflow((state) => state.setLooping);
  const shuttleSpeed = useMaskflow((state) => state.shuttleSpeed);
  const rate = useMaskflow((state) => state.playbackRate);
  const setPlaybackRate = useMaskflow((state) => state.setPlaybackRate);
  const seek = useMaskflow((state) => state.seek);
  const step = useMaskflow((state) => state.step);
  return (
    <fieldset className="transport">
      <legend className="visually-hidden">Playback</legend>
      <IconButton
        onMouseDown={keepFocus}
        label="First frame"
        hint={keyHint('firstFrame')}
        onClick={() => seek(0)}
      >
        <ChevronFirst />
      </IconButton>
      <IconButton
        onMouseDown={keepFocus}
        label="Previous frame"
        hint={keyHint('previousFrame')}
        onClick={() => step(-1)}
      >
        <StepBack />
      </IconButton>
      <IconButton
        onMouseDown={keepFocus}
        label={isPlaying ? 'Pause' : 'Play'}
        hint={keyHint('play')}
        onClick={() => app.togglePlay()}
      >
        {isPlaying ? <Pause /> : <Play />}
      </IconButton>
      <IconButton
        onMouseDown={keepFocus}
        label="Next frame"
        hint={keyHint('nextFrame')}
        onClick={() => step(1)}
      >
        <StepForward />
      </IconButton>
      <IconButton
        onMouseDown={keepFocus}
        label="Last frame"
        hint={keyHint('lastFrame')}
        onClick={() => seek(frameCount(footage.frameTable) - 1)}
      >
        <ChevronLast />
      </IconButton>
      <select
        className="field"
        aria-label="Playback speed"
        title="Playback speed"
        value={String(rate)}
        onChange={(event) => setPlaybackRate(asRate(event.currentTarget.value))}
      >
        {playbackRates.map((option) => (
          <option key={option} value={String(option)}>
            {option}x
          </option>
        ))}
      </select>
      <IconButton
        onMouseDown={keepFocus}
        label={timelineText.loop}
        hint={keyHint('loop')}
        aria-pressed={isLooping}
        onClick={() => setLooping(!isLooping)}
      >
        <Repeat />
      </IconButton>
      <output className="shuttle-speed">
        {isPlaying && shuttleSpeed !== 1
          ? timelineText.shuttling.replace('{speed}', String(shuttleSpeed))
          : ''}
      </output>
      <TimeReadout footage={footage} />
      <RangeButtons />
    </fieldset>
  );
}
