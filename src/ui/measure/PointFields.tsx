/** A place in the picture by its two numbers, in pixels from the upper left corner. */
import type { Point } from '../../core/geometry/box';
import { NumberField } from './NumberField';

type PointFieldsProps = {
  readonly name: string;
  readonly point: Point;
  readonly onChange: (point: Point) => void;
};

export function PointFields({ name, point, onChange }: PointFieldsProps) {
  return (
    <fieldset className="measure-row point-fields">
      <legend className="visually-hidden">{name}, pixels from the upper left</legend>
      <span className="point-name muted" aria-hidden="true">
        {name}
      </span>
      <NumberField
        label="x"
        value={point.x}
        unit="px"
        onChange={(x) => x !== null && onChange({ ...point, x })}
      />
      <NumberField
        label="y"
        value={point.y}
        unit="px"
        onChange={(y) => y !== null && onChange({ ...point, y })}
      />
    </fieldset>
  );
}
