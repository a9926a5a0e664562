/** Whether the inspector is open: at first wherever the window has room for it beside the picture. */
import { useEffect, useState } from 'react';

const roomy = '(width >= 900px)';

/** The state and its setter; crossing the width closes or opens it, and in between the user decides. */
export function useInspectorOpen(): [isOpen: boolean, setOpen: (isOpen: boolean) => void] {
  const [isOpen, setOpen] = useState(() => matchMedia(roomy).matches);
  useEffect(() => {
    const query = matchMedia(roomy);
    const follow = (): void => setOpen(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return [isOpen, setOpen];
}
