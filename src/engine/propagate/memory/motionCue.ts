/** Motion as a cue: the last frame's soft labels carried along the optical flow. */
import { halve, opticalFlow, type FlowField, type GreyPicture } from '../../../core/motion/opticalFlow';
import type { Size } from '../../../core/geometry/box';
import type { WorkPicture } from './colourCue';
import type { SoftLabels } from './softLabels';

/** Flow is searched at half the work size. */
export function greyOf({ width, height, rgb }: WorkPicture): GreyPicture {
  const data = new Float32Array(width * height);
  for (let pixel = 0; pixel < data.length; pixel += 1) {
    const at = pixel * 3;
    data[pixel] = 0.299 * rgb[at]! + 0.587 * rgb[at + 1]! + 0.114 * rgb[at + 2]!;
  }
  const grey = { width, height, data };
  return Math.min(width, height) >= 64 ? halve(grey) : grey;
}

export function flowBetween(target: GreyPicture, reference: GreyPicture): FlowField {
  return opticalFlow(target, reference);
}

/** Each pixel takes the labels of the place it came from. */
export function carryLabels(labels: SoftLabels, flow: FlowField): SoftLabels {
  const { width, height } = labels;
  const planes = labels.planes.map(() => new Float32Array(width * height));
  const sx = width / flow.width;
  const sy = height / flow.height;
  const count = labels.planes.length;
  for (let y = 0; y < height; y += 1) {
    const fy = Math.min(flow.height - 1, Math.max(0, (y + 0.5) / sy - 0.5));
    const fy0 = Math.floor(fy);
    const fy1 = Math.min(flow.height - 1, fy0 + 1);
    const wy = fy - fy0;
    for (let x = 0; x < width; x += 1) {
      const fx = Math.min(flow.width - 1, Math.max(0, (x + 0.5) / sx - 0.5));
      const fx0 = Math.floor(fx);
      const fx1 = Math.min(flow.width - 1, fx0 + 1);
      const wx = fx - fx0;
      const [a, b, c, d] = [
        fy0 * flow.width + fx0,
        fy0 * flow.width + fx1,
        fy1 * flow.width + fx0,
        fy1 * flow.width + fx1,
      ];
      const wa = (1 - wx) * (1 - wy);
      const wb = wx * (1 - wy);
      const wc = (1 - wx) * wy;
      const wd = wx * wy;
      const u = (flow.u[a]! * wa + flow.u[b]! * wb + flow.u[c]! * wc + flow.u[d]! * wd) * sx;
      const v = (flow.v[a]! * wa + flow.v[b]! * wb + flow.v[c]! * wc + flow.v[d]! * wd) * sy;
      const px = Math.min(width - 1, Math.max(0, x + u));
      const py = Math.min(height - 1, Math.max(0, y + v));
      const x0 = px | 0;
      const y0 = py | 0;
      const x1 = Math.min(width - 1, x0 + 1);
      const y1 = Math.min(height - 1, y0 + 1);
      const qx = px - x0;
      const qy = py - y0;
      for (let plane = 0; plane < count; plane += 1) {
        const from = labels.planes[plane]!;
        const upper = from[y0 * width + x0]! * (1 - qx) + from[y0 * width + x1]! * qx;
        const lower = from[y1 * width + x0]! * (1 - qx) + from[y1 * width + x1]! * qx;
        planes[plane]![y * width + x] = upper * (1 - qy) + lower * qy;
      }
    }
  }
  return { width, height, planes };
}

/** Two opinions on the same map as one: the product of their probabilities, each to its power, made to add up to 1. */
export function joinOpinions(
  a: SoftLabels,
  powerA: number,
  b: SoftLabels,
  powerB: number,
  floor: number,
): SoftLabels {
  const { width, height } = a;
  const planes = a.planes.map(() => new Float32Array(width * height));
  const count = planes.length;
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    let sum = 0;
    for (let plane = 0; plane < count; plane += 1) {
      const p = a.planes[plane]![pixel]! + floor;
      const q = b.planes[plane]![pixel]! + floor;
      const value = p ** powerA * q ** powerB;
      planes[plane]![pixel] = value;
      sum += value;
    }
    for (let plane = 0; plane < count; plane += 1) {
      planes[plane]![pixel]! /= sum;
    }
  }
  return { width, height, planes } satisfies Size & SoftLabels;
}
