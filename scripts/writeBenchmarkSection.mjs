// Puts a benchmark's text into its section of docs/benchmarks.md.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { asSection, withSection } from './benchmarkSection.mjs';
import { ROOT } from './runCommand.mjs';

/**
 * @param {string} text Markdown
 * @param {import('./benchmarkSection.mjs').SectionName} name
 */
export async function writeSection(text, name) {
  mkdirSync(join(ROOT, 'docs'), { recursive: true });
  const path = join(ROOT, 'docs', 'benchmarks.md');
  const old = existsSync(path) ? readFileSync(path, 'utf8') : '# Benchmarks\n';
  const page = withSection(old, asSection(text, name), name);
  const config = await resolveConfig(path);
  writeFileSync(path, await format(page, { ...config, parser: 'markdown' }));
  console.log('Written to docs/benchmarks.md.');
}
