/** Where the official files of a model are, in words that fit a sentence. */
import type { CheckpointSource } from './graphManifest';

/**
 * `model.safetensors from huggingface.co/facebook/sam2.1-hiera-tiny, or sam2.1_hiera_tiny.pt from …`; each file once, from
 * the place that is named first. Empty for models without official files.
 */
export function officialPlaces(sources: readonly Pick<CheckpointSource, 'fileName' | 'url'>[]): string {
  const first = new Map(sources.toReversed().map((source) => [source.fileName, source]));
  const files = sources.filter((source) => first.get(source.fileName) === source);
  return files.map(({ fileName, url }) => `${fileName} from ${placeOf(url)}`).join(', or ');
}

/** With the repository, where the host has many. */
function placeOf(address: string): string {
  const [host = address, ...path] = address.replace(/^https?:\/\//, '').split('/');
  const hasRepositories = host === 'huggingface.co' || host === 'github.com';
  return hasRepositories ? [host, ...path.slice(0, 2)].join('/') : host;
}
