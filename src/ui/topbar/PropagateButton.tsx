/** Starts a propagation run: one click for the usual way, a menu for the others. */
import { Menu } from '@base-ui/react/menu';
import { ArrowLeft, ArrowLeftRight, ArrowRight, ChevronDown, WandSparkles } from 'lucide-react';
import type { PropagationExtent, RefinementPrompt } from '../../app/maskflowApp';
import { DEFAULT_ENGINE, engineNames } from '../../core/segment/engineNames';
import type { PropagationEngineId } from '../../core/segment/segmentation';
import type { PropagationDirection } from '../../state/maskflowState';
import { useCalm } from '../hooks/useCalm';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { keyHint } from '../keys/shortcuts';
import { Button } from '../shell/Button';
import { useMenuFocus } from '../shell/useMenuFocus';
import { StudyMenuItems } from '../study/StudyMenuItems';
import { engineChoiceText } from '../text/engineText';
import { filled } from '../text/projectText';
import { EngineChoice } from './EngineChoice';
import { propagateBlocker, redrawBlocker } from './propagateReadiness';

const directions = [
  { direction: 'forward', name: 'Forward', Icon: ArrowRight },
  { direction: 'backward', name: 'Backward', Icon: ArrowLeft },
  { direction: 'both', name: 'Both ways', Icon: ArrowLeftRight },
] as const satisfies readonly { direction: PropagationDirection; name: string; Icon: unknown }[];

const extents: readonly { extent: PropagationExtent; name: string }[] = [
  { extent: 'untilPrompted', name: 'To the next prompted frame' },
  { extent: 'wholeRange', name: 'To the in and out points' },
];

const refinements: readonly { prompt: RefinementPrompt; name: string; note: string }[] = [
  { prompt: 'boxAndMask', name: 'From box and mask', note: 'Stays close to the masks that are there.' },
  { prompt: 'box', name: 'From boxes alone', note: 'Sometimes much better, sometimes much worse.' },
];

function withEngine(tip: string, engine: PropagationEngineId): string {
  return filled(engineChoiceText.propagateWith, { tip, engine: engineNames[engine] });
}

export function PropagateButton() {
  const app = useApp();
  const blocker = useCalm(propagateBlocker);
  const focus = useMenuFocus();
  const engine = useMaskflow((state) => state.propagationEngine);
  const tip = withEngine(engineChoiceText.propagate, engine);
  const refineBlocker = useCalm(redrawBlocker);
  return (
    <div className="split-button">
      <Button
        className="split-main"
        look="primary"
        hint={keyHint('propagateForward')}
        tip={tip}
        disabledReason={blocker && engine !== DEFAULT_ENGINE ? withEngine(blocker, engine) : blocker}
        aria-label="Propagate"
        onClick={() => void app.propagate('forward', 'untilPrompted')}
      >
        {engine === DEFAULT_ENGINE ? (
          'Propagate'
        ) : (
          <span className="split-words">
            Propagate
            <small>{engineNames[engine]}</small>
          </span>
        )}
      </Button>
      <Menu.Root {...focus.root}>
        <Menu.Trigger
          render={
            <Button
              className="split-menu"
              look={blocker ? 'plain' : 'primary'}
              aria-label="More ways to propagate"
            />
          }
        >
          <ChevronDown />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner className="popup-layer" align="end" sideOffset={4}>
            <Menu.Popup className="popup" {...focus.popup}>
              {blocker ? <p className="menu-note">{blocker}</p> : null}
              {extents.map(({ extent, name: extentName }) => (
                <Menu.Group key={extent}>
                  <Menu.GroupLabel className="menu-heading">{extentName}</Menu.GroupLabel>
                  {directions.map(({ direction, name, Icon }) => (
                    <Menu.Item
                      key={direction}
                      className="menu-item"
                      disabled={blocker !== null}
                      onClick={() => void app.propagate(direction, extent)}
                    >
                      <Icon aria-hidden="true" />
                      {name}
                    </Menu.Item>
                  ))}
                </Menu.Group>
              ))}
              <EngineChoice />
              <Menu.Group>
                <Menu.GroupLabel className="menu-heading">Redraw propagated masks with SAM</Menu.GroupLabel>
                {refinements.map(({ prompt, name, note }) => (
                  <Menu.Item
                    key={prompt}
                    className="menu-item"
                    disabled={refineBlocker !== null}
                    onClick={() => void app.refineTracks(prompt)}
                  >
                    <WandSparkles aria-hidden="true" />
                    <span>
                      {name}
                      <span className="menu-item-note">{note}</span>
                    </span>
                  </Menu.Item>
                ))}
              </Menu.Group>
              <StudyMenuItems />
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}
