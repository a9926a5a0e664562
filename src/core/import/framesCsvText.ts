/** Reads frames.csv: which frame of the footage each exported file is. */

/** Frame indices by file name; null when the text is no frames.csv. */
export function frameOfFiles(text: string): ReadonlyMap<string, number> | null {
  const [header, ...rows] = csvRows(text);
  const frame = header?.indexOf('frame') ?? -1;
  const file = header?.indexOf('file') ?? -1;
  if (frame < 0 || file < 0) {
    return null;
  }
  const found = new Map<string, number>();
  for (const row of rows) {
    const index = Number(row[frame]);
    const name = row[file];
    if (name && row[frame] !== '' && Number.isInteger(index) && index >= 0) {
      found.set(name, index);
    }
  }
  return found;
}

/** RFC 4180: fields in quotes may hold commas, line breaks and doubled quotes. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  let row: string[] = [];
  while (field.lastIndex < text.length) {
    const match = field.exec(text);
    if (!match) {
      return [];
    }
    row.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
    if (match[3] !== ',') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
