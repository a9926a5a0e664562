/** A disk that fails once: the first large piece of a file cannot be read. */

const read = Blob.prototype.arrayBuffer;
let hasFailed = false;

Blob.prototype.arrayBuffer = async function (this: Blob) {
  if (!hasFailed && this.size > 1000) {
    hasFailed = true;
    throw new DOMException('The file could not be read.', 'NotReadableError');
  }
  return await read.call(this);
};

/** So that this is a module. */
export const isFailing = true;
