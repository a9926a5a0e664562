/** What is known about the open footage. */
import { durationSec, frameCount } from '../../core/video/frameTable';
import type { FootageInfo } from '../../core/video/footageInfo';
import { useMaskflow } from '../hooks/useMaskflow';
import { ImageRateField } from './ImageRateField';
import { formatClock, formatRate } from '../timeline/timeFormat';
import { InspectorSection } from './InspectorSection';

const decoderWords = {
  webcodecs: "the browser's own decoder (WebCodecs)",
  ffmpeg: 'ffmpeg, in this browser',
  image: "the browser's image decoder",
} as const;

function factsOf(footage: FootageInfo): [string, string][] {
  const isImages = footage.kind === 'images';
  const rate = footage.frameRate === null ? 'variable' : `${formatRate(footage.frameRate)} fps`;
  return [
    [isImages ? 'Images' : 'File', footage.name],
    ['Codec', footage.codec],
    ['Size', `${footage.width} x ${footage.height} px`],
    ['Frames', `${frameCount(footage.frameTable)} in ${formatClock(durationSec(footage.frameTable))}`],
    ...(isImages ? [] : ([['Rate', rate]] as [string, string][])),
    ['Decoder', decoderWords[footage.decoder]],
  ];
}

export function FootageSection() {
  const footage = useMaskflow((state) => state.footage);
  return (
    <InspectorSection id="footage" title="Footage">
      {footage ? (
        <dl className="facts">
          {factsOf(footage).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="muted">Nothing is open.</p>
      )}
      {footage?.kind === 'images' && footage.frameRate !== null ? (
        <ImageRateField framesPerSec={footage.frameRate} />
      ) : null}
      {footage?.notes.map((note) => (
        <p key={note} className="footage-note">
          {note}
        </p>
      ))}
    </InspectorSection>
  );
}
