import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LruByBytes } from './lruByBytes';

type Step = { kind: 'put' | 'get' | 'delete'; key: number; bytes: number };
const steps = fc.array(
  fc.record<Step>({
    kind: fc.constantFrom('put', 'get', 'delete'),
    key: fc.nat(12),
    bytes: fc.integer({ min: 1, max: 60 }),
  }),
  { maxLength: 120 },
);
const CAPACITY = 100;

/** The same policy on a plain list, least recently used first. */
function naive(list: { key: number; value: number; bytes: number }[], step: Step, value: number): void {
  const at = list.findIndex(({ key }) => key === step.key);
  const [found] = at < 0 ? [] : list.splice(at, 1);
  if (step.kind === 'get' && found) {
    list.push(found);
  } else if (step.kind === 'put') {
    list.push({ key: step.key, value, bytes: step.bytes });
    while (list.length > 1 && list.reduce((sum, { bytes }) => sum + bytes, 0) > CAPACITY) {
      list.shift();
    }
  }
}

it('keeps what a plain list of recent use keeps, within the bound, and evicts every other value once', () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      const evicted: number[] = [];
      const cache = new LruByBytes<number, number>(CAPACITY, (value) => evicted.push(value));
      const list: { key: number; value: number; bytes: number }[] = [];
      const put: number[] = [];
      sequence.forEach((step, value) => {
        if (step.kind === 'put') {
          put.push(value);
          cache.put(step.key, value, step.bytes);
        } else if (step.kind === 'get') {
          expect(cache.get(step.key)).toBe(list.find(({ key }) => key === step.key)?.value);
        } else {
          cache.delete(step.key);
        }
        naive(list, step, value);
        expect(cache.totalBytes).toBe(list.reduce((sum, { bytes }) => sum + bytes, 0));
        expect(cache.totalBytes <= CAPACITY || cache.size === 1).toBe(true);
        const kept = list.map((entry) => entry.value);
        expect([...kept, ...evicted].toSorted((left, right) => left - right)).toEqual(put);
      });
    }),
  );
});

it('keeps the newest entry even when it alone is over the bound', () => {
  const evicted: string[] = [];
  const cache = new LruByBytes<string, string>(10, (value) => evicted.push(value));
  cache.put('a', 'A', 4);
  cache.put('b', 'B', 25);
  expect([cache.get('b'), cache.totalBytes, evicted]).toEqual(['B', 25, ['A']]);
});

it('drops by key', () => {
  const evicted: string[] = [];
  const cache = new LruByBytes<string, string>(100, (value) => evicted.push(value));
  cache.put('x/1', 'A', 1);
  cache.put('y/1', 'B', 2);
  cache.put('x/2', 'C', 4);
  cache.deleteWhere((key) => key.startsWith('x/'));
  expect([evicted, cache.size, cache.totalBytes]).toEqual([['A', 'C'], 1, 2]);
});
