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
  return { width, height, planes: carryPlanes(labels.planes, labels, flow) };
}

/** Each pixel takes the values of the place it came from, bilinear; planes are float32[height * width]. */
function carryPlanes(
  sources: readonly Float32Array[],
  { width, height }: Size,
  flow: FlowField,
): Float32Array<ArrayBuffer>[] {
  const planes = sources.map(() => new Float32Array(width * height));
  const count = sources.length;
  const sx = width / flow.width;
  const sy = height / flow.height;
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
        const from = sources[plane]!;
        const upper = from[y0 * width + x0]! * (1 - qx) + from[y0 * width + x1]! * qx;
        const lower = from[y1 * width + x0]! * (1 - qx) + from[y1 * width + x1]! * qx;
        planes[plane]![y * width + x] = upper * (1 - qy) + lower * qy;
      }
    }
  }
  return planes;
}

/** Grey levels of mean difference at which the flow is believed by 1/e. */
const ERROR_SCALE = 8;
/** The difference is averaged over this many work pixels to each side: single pixels differ by noise. */
const ERROR_REACH = 3;

/**
 * How far the flow is believed at each pixel, 0..1: what was carried along it should look like what is there now. Thin
 * and fast things move against their patch's flow, and what is carried there tells of the ground behind them.
 */
export function carriedTrust(
  picture: WorkPicture,
  last: WorkPicture,
  flow: FlowField,
): Float32Array<ArrayBuffer> {
  const now = meanOfChannels(picture);
  const [carried] = carryPlanes([meanOfChannels(last)], picture, flow);
  const difference = now.map((value, pixel) => Math.abs(value - carried![pixel]!));
  return boxMean(difference, picture, ERROR_REACH).map((error) => Math.exp(-error / ERROR_SCALE));
}

function meanOfChannels({ width, height, rgb }: WorkPicture): Float32Array<ArrayBuffer> {
  const plane = new Float32Array(width * height);
  for (let pixel = 0; pixel < plane.length; pixel += 1) {
    plane[pixel] = (rgb[pixel * 3]! + rgb[pixel * 3 + 1]! + rgb[pixel * 3 + 2]!) / 3;
  }
  return plane;
}

/** Mean over the square of `reach` pixels around each pixel, as far as it lies in the picture. */
function boxMean(
  plane: Float32Array<ArrayBuffer>,
  { width, height }: Size,
  reach: number,
): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(plane.length);
  const mean = new Float32Array(plane.length);
  for (let y = 0; y < height; y += 1) {
    slideMean(plane, rows, { start: y * width, stride: 1, count: width }, reach);
  }
  for (let x = 0; x < width; x += 1) {
    slideMean(rows, mean, { start: x, stride: width, count: height }, reach);
  }
  return mean;
}

type Line = { readonly start: number; readonly stride: number; readonly count: number };

function slideMean(
  from: Float32Array,
  to: Float32Array,
  { start, stride, count }: Line,
  reach: number,
): void {
  let sum = 0;
  for (let at = -reach; at < count; at += 1) {
    if (at + reach < count) {
      sum += from[start + (at + reach) * stride]!;
    }
    if (at - reach > 0) {
      sum -= from[start + (at - reach - 1) * stride]!;
    }
    if (at >= 0) {
      const width = Math.min(count - 1, at + reach) - Math.max(0, at - reach) + 1;
      to[start + at * stride] = sum / width;
    }
  }
}

/**
 * Two opinions on the same map as one: the product of their probabilities, each to its power, made to add up to 1. The
 * second one's power may be a plane, float32[height * width].
 */
export function joinOpinions(
  a: SoftLabels,
  powerA: number,
  b: SoftLabels,
  powerB: number | Float32Array,
  floor: number,
): SoftLabels {
  const { width, height } = a;
  const planes = a.planes.map(() => new Float32Array(width * height));
  const count = planes.length;
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    let sum = 0;
    const power = typeof powerB === 'number' ? powerB : powerB[pixel]!;
    for (let plane = 0; plane < count; plane += 1) {
      const p = a.planes[plane]![pixel]! + floor;
      const q = b.planes[plane]![pixel]! + floor;
      const value = p ** powerA * q ** power;
      planes[plane]![pixel] = value;
      sum += value;
    }
    for (let plane = 0; plane < count; plane += 1) {
      planes[plane]![pixel]! /= sum;
    }
  }
  return { width, height, planes } satisfies Size & SoftLabels;
}
