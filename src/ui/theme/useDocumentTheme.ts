/** Tells canvas painters that the theme has changed, for a canvas takes no part in CSS. */
import { useSyncExternalStore } from 'react';

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

function read(): string {
  return document.documentElement.dataset.theme ?? 'light';
}

/** The theme in force: `light` or `dark`. */
export function useDocumentTheme(): string {
  return useSyncExternalStore(subscribe, read);
}
