/** A disk on which every piece takes so long that each step of the work is told, and can be cancelled. */

const read = Blob.prototype.arrayBuffer;

Blob.prototype.arrayBuffer = async function (this: Blob) {
  await new Promise((resolve) => setTimeout(resolve, 150));
  return await read.call(this);
};

/** So that this is a module. */
export const isSlow = true;
