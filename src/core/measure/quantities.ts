/** What can be measured: quantities with their names, symbols, units and meanings. */
import type { QuantityId } from './quantityIds';

export { quantityIds, type QuantityId } from './quantityIds';

/** What a value stands for, which decides its unit and how calibration changes it. */
export const unitKinds = [
  'length',
  'area',
  'speed',
  'areaRate',
  'angle',
  'count',
  'intensity',
  'ratio',
] as const;

export type UnitKind = (typeof unitKinds)[number];

/** What a value belongs to on a frame: one label, or two different ones. */
export type QuantityScope = 'label' | 'pair';

/** Quantities that are worked out together; each group costs something of its own. */
export const measureGroups = ['shape', 'bounds', 'colour', 'motion', 'flow', 'pairs'] as const;

export type MeasureGroup = (typeof measureGroups)[number];

export type Quantity = {
  readonly scope: QuantityScope;
  readonly group: MeasureGroup;
  readonly unit: UnitKind;
  readonly name: string;
  readonly symbol: string;
  /** How it is defined, as one or two sentences for the file of column meanings. */
  readonly meaning: string;
  /** Whether lower and upper bounds from the probabilities 0.7 and 0.3 go with it where they are known. */
  readonly hasBounds?: true;
};

const shape = { scope: 'label', group: 'shape' } as const;
const motion = { scope: 'label', group: 'motion' } as const;
const colour = { scope: 'label', group: 'colour', unit: 'intensity' } as const;
const flow = { scope: 'label', group: 'flow', unit: 'length' } as const;
const pair = { scope: 'pair', group: 'pairs' } as const;

export const quantities: { readonly [id in QuantityId]: Quantity } = {
  area: {
    ...shape,
    unit: 'area',
    name: 'Area',
    symbol: 'A',
    meaning:
      'Pixels of the mask, as it is shown, inside the measured region. Bounds: its pixels with a probability above 0.7, and all with one above 0.3; they tell how much hangs on the threshold, and are no error bars. What may be of either of two labels is in the upper bounds of both: those of neighbours do not add up.',
    hasBounds: true,
  },
  areaFraction: {
    ...shape,
    unit: 'ratio',
    name: 'Area fraction',
    symbol: 'A/A0',
    meaning:
      'Area divided by that of the measured region (picture, less excluded pixels). Bounds as for area.',
    hasBounds: true,
  },
  areaRate: {
    ...motion,
    unit: 'areaRate',
    name: 'Rate of change of area',
    symbol: 'dA/dt',
    meaning: 'Slope of area over time, from the frames before and after; see speed.',
  },
  perimeter: {
    ...shape,
    unit: 'length',
    name: 'Perimeter',
    symbol: 'P',
    meaning:
      'Length of the whole outline, holes and cut edges included: the edges between pixels, each with the part of it that lies along the outline (normal integration; Coeurjolly et al., DGCI 2003). Smooth outlines and straight lines of any direction within 1.5 %; corners are rounded by about a pixel.',
  },
  freePerimeter: {
    ...shape,
    unit: 'length',
    name: 'Free perimeter',
    symbol: 'Pf',
    meaning:
      'Perimeter without the parts cut by the border of the picture, the measured region or excluded pixels.',
  },
  equivalentDiameter: {
    ...shape,
    unit: 'length',
    name: 'Equivalent diameter',
    symbol: 'd',
    meaning: 'Diameter of the disc of the same area, sqrt(4 A / pi).',
  },
  centroidX: {
    ...shape,
    unit: 'length',
    name: 'Centroid x',
    symbol: 'x',
    meaning: "Mean of the pixels' centres along the x axis, from the origin.",
  },
  centroidY: {
    ...shape,
    unit: 'length',
    name: 'Centroid y',
    symbol: 'y',
    meaning: "Mean of the pixels' centres along the y axis, from the origin.",
  },
  boxLeft: {
    ...shape,
    unit: 'length',
    name: 'Box left',
    symbol: 'xb',
    meaning:
      "Left edge of the tight box, from the origin, along the picture's own rows (axes that are turned do not turn boxes).",
  },
  boxTop: {
    ...shape,
    unit: 'length',
    name: 'Box top',
    symbol: 'yb',
    meaning:
      "Upper edge of the tight box, from the origin, along the picture's own columns, in the direction of y.",
  },
  boxWidth: { ...shape, unit: 'length', name: 'Box width', symbol: 'wb', meaning: 'Width of the tight box.' },
  boxHeight: {
    ...shape,
    unit: 'length',
    name: 'Box height',
    symbol: 'hb',
    meaning: 'Height of the tight box.',
  },
  majorAxis: {
    ...shape,
    unit: 'length',
    name: 'Major axis',
    symbol: 'a',
    meaning:
      'Long axis of the ellipse with the same second moments, 4 sqrt(l1) (scikit-image axis_major_length).',
  },
  minorAxis: {
    ...shape,
    unit: 'length',
    name: 'Minor axis',
    symbol: 'b',
    meaning:
      'Short axis of the ellipse with the same second moments, 4 sqrt(l2) (scikit-image axis_minor_length).',
  },
  orientation: {
    ...shape,
    unit: 'angle',
    name: 'Orientation',
    symbol: 'theta',
    meaning:
      'Angle from the x axis to the major axis, positive towards the y axis, above -90 and up to 90 degrees. Not defined for a shape without a longest axis.',
  },
  elongation: {
    ...shape,
    unit: 'ratio',
    name: 'Elongation',
    symbol: 'a/b',
    meaning: 'Major axis divided by minor axis; 1 for a disc.',
  },
  eccentricity: {
    ...shape,
    unit: 'ratio',
    name: 'Eccentricity',
    symbol: 'e',
    meaning: 'sqrt(1 - (b/a)^2) of the ellipse with the same second moments; 0 for a disc.',
  },
  pieces: {
    ...shape,
    unit: 'count',
    name: 'Pieces',
    symbol: 'n',
    meaning: 'Connected pieces of any size; pixels that meet at a corner are connected.',
  },
  holes: {
    ...shape,
    unit: 'count',
    name: 'Holes',
    symbol: 'nh',
    meaning: 'Enclosed regions of any size that are not of the label (pieces less the Euler number).',
  },
  speed: {
    ...motion,
    unit: 'speed',
    name: 'Speed of the centroid',
    symbol: 'v',
    meaning:
      'Length of the velocity. Velocities are slopes at the frame of the parabola through the centroids of the frames before, here and after, by their own times, also where a neighbour lies outside the in and out points; at an end of the footage or beside a gap the slope to the one neighbour. Gaps are not bridged.',
  },
  velocityX: {
    ...motion,
    unit: 'speed',
    name: 'Velocity x',
    symbol: 'vx',
    meaning: 'Velocity of the centroid along the x axis; see speed.',
  },
  velocityY: {
    ...motion,
    unit: 'speed',
    name: 'Velocity y',
    symbol: 'vy',
    meaning: 'Velocity of the centroid along the y axis; see speed.',
  },
  meanRed: {
    ...colour,
    name: 'Mean red',
    symbol: 'R',
    meaning: 'Mean of red under the mask, 0 to 255, as decoded.',
  },
  meanGreen: {
    ...colour,
    name: 'Mean green',
    symbol: 'G',
    meaning: 'Mean of green under the mask, 0 to 255, as decoded.',
  },
  meanBlue: {
    ...colour,
    name: 'Mean blue',
    symbol: 'B',
    meaning: 'Mean of blue under the mask, 0 to 255, as decoded.',
  },
  meanLuminance: {
    ...colour,
    name: 'Mean intensity',
    symbol: 'I',
    meaning:
      'Mean of 0.2126 R + 0.7152 G + 0.0722 B (ITU-R BT.709) under the mask, 0 to 255, of the values as decoded.',
  },
  upperEdgeMean: {
    ...flow,
    name: 'Upper edge, mean',
    symbol: 'yu',
    meaning:
      "Height of the label's uppermost pixel edge in a column of the picture, from the origin along y; mean over the columns in which the label is.",
  },
  upperEdgeMin: {
    ...flow,
    name: 'Upper edge, minimum',
    symbol: 'yu min',
    meaning: 'Smallest value of the upper edge.',
  },
  upperEdgeMax: {
    ...flow,
    name: 'Upper edge, maximum',
    symbol: 'yu max',
    meaning: 'Largest value of the upper edge.',
  },
  lowerEdgeMean: {
    ...flow,
    name: 'Lower edge, mean',
    symbol: 'yl',
    meaning:
      "Height of the label's lowermost pixel edge in a column of the picture, from the origin along y; mean over the columns in which the label is.",
  },
  lowerEdgeMin: {
    ...flow,
    name: 'Lower edge, minimum',
    symbol: 'yl min',
    meaning: 'Smallest value of the lower edge.',
  },
  lowerEdgeMax: {
    ...flow,
    name: 'Lower edge, maximum',
    symbol: 'yl max',
    meaning: 'Largest value of the lower edge.',
  },
  columnFractionMean: {
    ...flow,
    unit: 'ratio',
    name: 'Fraction per column, mean',
    symbol: 'fc',
    meaning: "Share of each column's measured pixels that the label has; mean over all columns.",
  },
  mixingWidth: {
    ...flow,
    name: 'Mixing width (integral)',
    symbol: 'W',
    meaning:
      'Integral over height of f (1 - f), f being the share of the label in each row of pixels (Andrews and Spalding, Physics of Fluids A 2, 922, 1990). A linear profile over a height h gives h / 6.',
  },
  mixingWidth99: {
    ...flow,
    name: 'Mixing width (1 % to 99 %)',
    symbol: 'h99',
    meaning: 'Height of all rows of pixels in which the share of the label lies between 1 % and 99 %.',
  },
  contactLength: {
    ...pair,
    unit: 'length',
    name: 'Contact length',
    symbol: 'Lc',
    meaning:
      'Length of the outline that the two labels share, measured as the perimeter is; 0 where no pixel of one has an edge in common with a pixel of the other.',
  },
  overlapArea: {
    ...pair,
    unit: 'area',
    name: 'Overlap area',
    symbol: 'Ao',
    meaning:
      'Pixels that the kept masks of both labels have before one covers the other. Upper bound: pixels where both are likelier than 0.3; lower bound: 0.7.',
    hasBounds: true,
  },
  distance: {
    ...pair,
    unit: 'length',
    name: 'Distance',
    symbol: 'D',
    meaning: 'Shortest distance between the edges of the pixels of the two labels; 0 where they touch.',
  },
};

/** The groups that have to be worked out for these quantities. */
export function groupsOf(ids: Iterable<QuantityId>): ReadonlySet<MeasureGroup> {
  const groups = new Set<MeasureGroup>();
  for (const id of ids) {
    groups.add(quantities[id].group);
    if (quantities[id].hasBounds) {
      groups.add('bounds');
    }
  }
  return groups;
}
