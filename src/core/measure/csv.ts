/** Comma-separated values as RFC 4180 has them: one form for people, spreadsheets and scripts alike. */
import { csvField } from '../base/csvField';

export type CsvValue = string | number | null;

/** A row with its line break. Numbers have a point and at most ten digits; NaN and null are empty. */
export function csvRow(values: readonly CsvValue[]): string {
  return `${values.map(valueText).join(',')}\r\n`;
}

function valueText(value: CsvValue): string {
  if (value === null) {
    return '';
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? String(Number(value.toPrecision(10))) : '';
  }
  return csvField(value);
}

/** A unit in letters that every reader has: `mm^2` for `mm²`, `deg` for `°`. */
export function plainUnit(unit: string): string {
  return unit.replaceAll('²', '^2').replaceAll('°', 'deg');
}
