/** A manifest that says nothing but what it has to: tests put in what they are about. */
import type { GraphManifest } from '../graphManifest';

export const bareManifest: GraphManifest = {
  formatVersion: 1,
  id: 'xmem',
  name: 'XMem',
  family: 'xmem',
  licence: 'MIT',
  source: 'somewhere',
  config: {},
  layouts: [],
  sources: [],
  variants: { fp32: { graphs: {}, weightFiles: [], tensors: [] } },
  provenance: { testedWith: 'seeded weights' },
};
