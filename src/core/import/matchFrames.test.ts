/** Which frame each file goes to. */
import { describe, expect, it } from 'vitest';
import { framesBy, possibleMethods } from './matchFrames';
import { pictureNames } from './pictureNames';

const video = Array.from({ length: 10 }, (_, frame) => String(frame).padStart(5, '0'));
const target = { frameStems: video, inFrame: 2, currentFrame: 4 };
const named = (...names: string[]) => names.map((frameName) => ({ frameName, frameIndex: null }));

function likeliest(pictures: ReturnType<typeof named>, stems = video) {
  const at = { ...target, frameStems: stems };
  const method = possibleMethods(pictures, at)[0]!;
  return [method, framesBy(method, pictures, at)];
}

describe('matching pictures to frames', () => {
  it('goes by what the files say first', () => {
    const pictures = [{ frameName: '00003', frameIndex: 7 }];
    expect(framesBy(possibleMethods(pictures, target)[0]!, pictures, target)).toEqual([7]);
  });

  it('goes by the names of exports, whatever their case', () => {
    expect(likeliest(named('00003', '00009'))).toEqual(['names', [3, 9]]);
    expect(likeliest(named('IMG_b', 'img_A'), ['img_a', 'img_b'])).toEqual(['names', [1, 0]]);
  });

  it('goes by numbers, from 0 unless they run from 1 to the number of frames', () => {
    expect(likeliest(named('mask_3', 'mask_12'))).toEqual(['numbersFrom0', [3, null]]);
    const all = named(...video.map((_, frame) => `mask_${frame + 1}`));
    expect(likeliest(all)).toEqual(['numbersFrom1', video.map((_, frame) => frame)]);
    const padded = named(...video.map((_, frame) => String(frame + 1).padStart(5, '0')));
    expect(likeliest(padded)[0]).toBe('numbersFrom1');
  });

  it('keeps image names that run from 1', () => {
    const stems = video.map((_, frame) => `img_${frame + 1}`);
    expect(likeliest(named(...stems), stems)).toEqual(['names', stems.map((_, frame) => frame)]);
  });

  it('puts a single nameless picture on the frame on show, several in order from the in point', () => {
    expect(likeliest(named('mask'))).toEqual(['current', [4]]);
    expect(likeliest(named('a', 'b'))).toEqual(['order', [2, 3]]);
  });

  it('finds no frame outside the clip', () => {
    expect(framesBy('numbersFrom0', named('10', '9', 'x'), target)).toEqual([null, 9, null]);
    expect(framesBy('numbersFrom1', named('0', '1', 'x'), target)).toEqual([null, 0, null]);
    expect(framesBy('stated', [{ frameName: '', frameIndex: 99 }], target)).toEqual([null]);
  });
});

describe('names of pictures', () => {
  const names = (...paths: string[]) =>
    pictureNames(paths, new Set(video)).map(({ frameName, labelName }) => [frameName, labelName]);

  it.each([
    [
      ['m/00001.png', 'm/00002.png'],
      [
        ['00001', null],
        ['00002', null],
      ],
    ],
    [
      ['a/cell/1.png', 'a/wall/1.png'],
      [
        ['1', 'cell'],
        ['1', 'wall'],
      ],
    ],
    [
      ['1/cell.png', '1/wall.png', '2/cell.png'],
      [
        ['1', 'cell'],
        ['1', 'wall'],
        ['2', 'cell'],
      ],
    ],
    [
      ['cell_01.png', 'wall_01.png', 'cell_02.png'],
      [
        ['01', 'cell'],
        ['01', 'wall'],
        ['02', 'cell'],
      ],
    ],
    [
      ['01_cell.png', '01-wall.png', '02_cell.png'],
      [
        ['01', 'cell'],
        ['01', 'wall'],
        ['02', 'cell'],
      ],
    ],
    [
      ['frame_01.png', 'frame_02.png'],
      [
        ['frame_01', null],
        ['frame_02', null],
      ],
    ],
    [
      ['a/x/1.png', 'b/x/1.png'],
      [
        ['1', 'a/x'],
        ['1', 'b/x'],
      ],
    ],
  ])('reads %j', (paths, expected) => {
    expect(names(...paths)).toEqual(expected);
  });
});
