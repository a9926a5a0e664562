/** Another model's file is read where it belongs, as long as there is a file. */
import { expect, it } from 'vitest';
import { smallManifest } from './__fixtures__/smallModel';
import { otherModelsFile } from './checkpointMismatch';
import { isRefusal, refusalOf } from './refusal';

const error = otherModelsFile('w.pth', smallManifest, 'edgetam');

it('offers to read a file of the user’s where it belongs', () => {
  expect(isRefusal(error) && refusalOf(error, smallManifest, new File(['x'], 'w.pth'))).toMatchObject({
    belongsTo: 'edgetam',
    message: { what: 'w.pth is a file of EdgeTAM, and not of Small.' },
  });
});

it('offers no such thing of a download, which is gone, and would come a second time', () => {
  const refusal = isRefusal(error) && refusalOf(error, smallManifest, 'https://files.test/w.pth');
  expect(refusal).toMatchObject({ message: { what: 'w.pth is a file of EdgeTAM, and not of Small.' } });
  expect(refusal).not.toHaveProperty('belongsTo');
});
