/** What a pickle of plain data is made of once it is read. */

export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleList
  | PickleTuple
  | PickleDict
  | PickleObject;

export type PickleKey = string | number | bigint | boolean | null;

export type PickleList = { readonly kind: 'list' | 'set'; readonly items: PickleValue[] };
export type PickleTuple = { readonly kind: 'tuple'; readonly items: readonly PickleValue[] };
export type PickleDict = { readonly kind: 'dict'; readonly entries: Map<PickleKey, PickleValue> };
/** What the owner of the pickle makes of its globals, persistent ids and calls. */
export type PickleObject = { readonly kind: 'object'; readonly value: object };

/** Counts elements that are gone through; throws a CheckpointProblem when they become too many. */
export type Charge = (elements: number) => void;

/** What stands for names of code in a pickle. Each throws a CheckpointProblem for what it does not know. */
export type PickleMeaning = {
  /** `name` is module and name with a dot between. Nothing is imported. */
  global(name: string): PickleValue;
  persistent(id: PickleValue): PickleValue;
  /**
   * The value of calling `callee`, which `global` gave. Nothing is executed. A value may be used any number of times at
   * the price of three bytes: what goes through one is to `charge` it before.
   */
  call(callee: PickleValue, args: readonly PickleValue[], charge: Charge): PickleValue;
  /** Sets the state of an object. */
  build(target: PickleValue, state: PickleValue): void;
};

export function isDict(value: PickleValue | undefined): value is PickleDict {
  return isComposite(value) && value.kind === 'dict';
}

export function isTuple(value: PickleValue | undefined): value is PickleTuple {
  return isComposite(value) && value.kind === 'tuple';
}

export function isList(value: PickleValue | undefined): value is PickleList {
  return isComposite(value) && (value.kind === 'list' || value.kind === 'set');
}

export function isObject(value: PickleValue | undefined): value is PickleObject {
  return isComposite(value) && value.kind === 'object';
}

function isComposite(
  value: PickleValue | undefined,
): value is PickleList | PickleTuple | PickleDict | PickleObject {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
