/**
 * Reads a Python pickle as data. It is a program for a stack machine (CPython's Lib/pickletools.py); of its
 * instructions only those that build plain values are known, and names of code mean what the caller says they mean.
 */
import { quoted, refuse } from './checkpointProblem';
import { opcodeName } from './pickleOpcodes';
import {
  isDict,
  isList,
  isTuple,
  type PickleKey,
  type PickleMeaning,
  type PickleValue,
} from './pickleValues';
import { decodeUtf8 } from './utf8';

/** The largest known checkpoint needs some 30 000. */
const MAX_INSTRUCTIONS = 500_000;
/** Elements of lists, dictionaries and shapes gone through in all; the instructions alone cannot go through as many. */
const MAX_ELEMENTS = 2 * MAX_INSTRUCTIONS;

const MARK = Symbol('mark');
type StackItem = PickleValue | typeof MARK;

/** The value, and where the pickle ends. Throws a CheckpointProblem. */
export function readPickle(
  bytes: Uint8Array,
  meaning: PickleMeaning,
  start = 0,
): { readonly value: PickleValue; readonly end: number } {
  const machine = new PickleMachine(bytes, meaning, start);
  return machine.run();
}

class PickleMachine {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #meaning: PickleMeaning;
  readonly #stack: StackItem[] = [];
  readonly #memo = new Map<number, PickleValue>();
  #at: number;
  #elementsLeft = MAX_ELEMENTS;

  constructor(bytes: Uint8Array, meaning: PickleMeaning, start: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#meaning = meaning;
    this.#at = start;
  }

  run(): { value: PickleValue; end: number } {
    for (let count = 0; count < MAX_INSTRUCTIONS; count += 1) {
      const code = this.#uint8();
      if (code === 0x2e) {
        return { value: this.#pop(), end: this.#at };
      }
      const isKnown = this.#scalar(code) || this.#text(code) || this.#container(code) || this.#special(code);
      if (!isKnown) {
        refuse(`it uses the pickle instruction ${opcodeName(code)}, which data does not need`);
      }
    }
    return refuse('its description has too many instructions');
  }

  #scalar(code: number): boolean {
    switch (code) {
      case 0x4e:
        this.#stack.push(null);
        return true;
      case 0x88:
      case 0x89:
        this.#stack.push(code === 0x88);
        return true;
      case 0x4a:
        this.#stack.push(this.#view.getInt32(this.#take(4), true));
        return true;
      case 0x4b:
        this.#stack.push(this.#uint8());
        return true;
      case 0x4d:
        this.#stack.push(this.#view.getUint16(this.#take(2), true));
        return true;
      case 0x47:
        this.#stack.push(this.#view.getFloat64(this.#take(8)));
        return true;
      case 0x8a:
        this.#stack.push(this.#long(this.#uint8()));
        return true;
      default:
        return false;
    }
  }

  #text(code: number): boolean {
    switch (code) {
      case 0x58:
        this.#stack.push(decodeUtf8(this.#slice(this.#uint32())));
        return true;
      case 0x8c:
        this.#stack.push(decodeUtf8(this.#slice(this.#uint8())));
        return true;
      case 0x54:
        this.#stack.push(decodeUtf8(this.#slice(this.#uint32())));
        return true;
      case 0x55:
        this.#stack.push(decodeUtf8(this.#slice(this.#uint8())));
        return true;
      case 0x42:
        this.#stack.push(this.#slice(this.#uint32()).slice());
        return true;
      case 0x43:
        this.#stack.push(this.#slice(this.#uint8()).slice());
        return true;
      default:
        return false;
    }
  }

  #container(code: number): boolean {
    switch (code) {
      case 0x28:
        this.#stack.push(MARK);
        return true;
      case 0x7d:
        this.#stack.push({ kind: 'dict', entries: new Map() });
        return true;
      case 0x5d:
        this.#stack.push({ kind: 'list', items: [] });
        return true;
      case 0x8f:
        this.#stack.push({ kind: 'set', items: [] });
        return true;
      case 0x29:
        this.#stack.push({ kind: 'tuple', items: [] });
        return true;
      case 0x74:
        this.#stack.push({ kind: 'tuple', items: this.#popToMark() });
        return true;
      case 0x85:
      case 0x86:
      case 0x87:
        this.#stack.push({ kind: 'tuple', items: this.#popMany(code - 0x84) });
        return true;
      case 0x61:
        this.#append([this.#pop()]);
        return true;
      case 0x65:
      case 0x90:
        this.#append(this.#popToMark());
        return true;
      case 0x73:
        this.#setItems(this.#popMany(2));
        return true;
      case 0x75:
        this.#setItems(this.#popToMark());
        return true;
      default:
        return false;
    }
  }

  #special(code: number): boolean {
    switch (code) {
      case 0x80:
        this.#protocol(this.#uint8());
        return true;
      case 0x95:
        this.#take(8);
        return true;
      case 0x71:
        this.#memo.set(this.#uint8(), this.#top());
        return true;
      case 0x72:
        this.#memo.set(this.#uint32(), this.#top());
        return true;
      case 0x94:
        this.#memo.set(this.#memo.size, this.#top());
        return true;
      case 0x68:
        this.#recall(this.#uint8());
        return true;
      case 0x6a:
        this.#recall(this.#uint32());
        return true;
      case 0x63:
        this.#stack.push(this.#meaning.global(`${this.#line()}.${this.#line()}`));
        return true;
      case 0x93:
        this.#stack.push(this.#meaning.global(this.#popMany(2).map(textOf).join('.')));
        return true;
      case 0x51:
        this.#stack.push(this.#meaning.persistent(this.#pop()));
        return true;
      case 0x52: {
        const [callee, args] = this.#popMany(2);
        const items = isTuple(args) ? args.items : wrongArguments();
        this.#stack.push(this.#meaning.call(callee ?? null, items, this.#charge));
        return true;
      }
      case 0x62: {
        const state = this.#pop();
        this.#meaning.build(this.#top(), state);
        return true;
      }
      default:
        return false;
    }
  }

  readonly #charge = (elements: number): void => {
    this.#elementsLeft -= elements;
    if (this.#elementsLeft < 0) {
      refuse('its description goes through the same values too often');
    }
  };

  #protocol(version: number): void {
    if (version < 2 || version > 5) {
      refuse(`its description is a pickle of protocol ${version}, which is not read here`);
    }
  }

  #recall(key: number): void {
    const value = this.#memo.get(key);
    if (value === undefined) {
      refuse('its description names something that is not there');
    }
    this.#stack.push(value);
  }

  #append(items: readonly PickleValue[]): void {
    const target = this.#top();
    if (!isList(target)) {
      refuse('its description appends to what is no list');
    }
    for (const item of items) {
      target.items.push(item);
    }
  }

  #setItems(items: readonly PickleValue[]): void {
    const target = this.#top();
    if (!isDict(target) || items.length % 2 !== 0) {
      refuse('its description fills what is no dictionary');
    }
    for (let index = 0; index < items.length; index += 2) {
      const key = keyOf(items[index]!);
      if (target.entries.has(key)) {
        refuse(`the name ${quoted(String(key))} stands twice in it`);
      }
      target.entries.set(key, items[index + 1]!);
    }
  }

  #pop(): PickleValue {
    const item = this.#stack.pop();
    if (item === undefined || item === MARK) {
      refuse('its description is damaged');
    }
    return item;
  }

  #top(): PickleValue {
    const item = this.#stack.at(-1);
    if (item === undefined || item === MARK) {
      refuse('its description is damaged');
    }
    return item;
  }

  #popMany(count: number): PickleValue[] {
    return Array.from({ length: count }, () => this.#pop()).toReversed();
  }

  #popToMark(): PickleValue[] {
    const mark = this.#stack.lastIndexOf(MARK);
    if (mark < 0) {
      refuse('its description is damaged');
    }
    this.#charge(this.#stack.length - mark - 1);
    const items = this.#stack.splice(mark).slice(1);
    return items as PickleValue[];
  }

  #uint8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  #uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  /** A two's complement number of so many bytes, lowest first. */
  #long(lengthBytes: number): number | bigint {
    const bytes = this.#slice(lengthBytes);
    let value = 0n;
    bytes.forEach((byte, index) => {
      value |= BigInt(byte) << BigInt(8 * index);
    });
    const signed = lengthBytes === 0 ? 0n : BigInt.asIntN(8 * lengthBytes, value);
    return signed >= Number.MIN_SAFE_INTEGER && signed <= Number.MAX_SAFE_INTEGER ? Number(signed) : signed;
  }

  #line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0 || end - this.#at > 1000) {
      refuse('its description is damaged');
    }
    const text = decodeUtf8(this.#bytes.subarray(this.#at, end));
    this.#at = end + 1;
    return text;
  }

  #slice(lengthBytes: number): Uint8Array {
    const start = this.#take(lengthBytes);
    return this.#bytes.subarray(start, start + lengthBytes);
  }

  /** Where the next bytes begin, which are used up by this. */
  #take(lengthBytes: number): number {
    const start = this.#at;
    if (start + lengthBytes > this.#bytes.length) {
      refuse('its description is cut off');
    }
    this.#at += lengthBytes;
    return start;
  }
}

function textOf(value: PickleValue): string {
  return typeof value === 'string' ? value : refuse('its description is damaged');
}

function wrongArguments(): never {
  return refuse('its description calls something without a list of arguments');
}

function keyOf(value: PickleValue): PickleKey {
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return refuse('a dictionary in it has a key that is no name or number');
}
