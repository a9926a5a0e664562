/** The row of the inspector's tabs: clicked, or moved along by the arrow keys. */
import { useLayoutEffect, useRef, type KeyboardEvent } from 'react';
import { inspectorTabs, type InspectorTab } from '../../state/slices/inspectorState';
import { useMaskflow } from '../hooks/useMaskflow';
import { inspectorTabText } from '../text/inspectorTabText';
import { keepInspectorTab, storedInspectorTab } from './storedInspectorTab';

export function InspectorTabs() {
  const shown = useMaskflow((state) => state.inspectorTab);
  const setTab = useMaskflow((state) => state.setInspectorTab);
  const listRef = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const stored = storedInspectorTab();
    if (stored) {
      setTab(stored);
    }
  }, [setTab]);
  function show(tab: InspectorTab): void {
    keepInspectorTab(tab);
    setTab(tab);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const target = tabOfKey(event.key, inspectorTabs.indexOf(shown));
    if (target && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      event.stopPropagation();
      show(target);
      listRef.current?.querySelector<HTMLElement>(`[data-tab="${target}"]`)?.focus();
    }
  }
  return (
    <div
      ref={listRef}
      className="inspector-tabs"
      role="tablist"
      aria-label={inspectorTabText.tabs}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {inspectorTabs.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={`inspector-tab-${tab}`}
          data-tab={tab}
          className="inspector-tab"
          aria-selected={tab === shown}
          aria-controls="inspector-panel"
          tabIndex={tab === shown ? 0 : -1}
          title={inspectorTabText.tips[tab]}
          onClick={() => show(tab)}
        >
          {inspectorTabText.names[tab]}
        </button>
      ))}
    </div>
  );
}

function tabOfKey(key: string, place: number): InspectorTab | undefined {
  const count = inspectorTabs.length;
  const places: Record<string, number> = {
    ArrowLeft: (place + count - 1) % count,
    ArrowRight: (place + 1) % count,
    Home: 0,
    End: count - 1,
  };
  return inspectorTabs[places[key] ?? -1];
}
