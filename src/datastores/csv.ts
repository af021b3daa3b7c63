/**
 * Rows of a CSV text (RFC 4180): commas, quotes that are doubled within quotes, any line end. Null where a quote is never closed.
 */
export function parseCsv(text: string): string[][] | null {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /"((?:[^"]|"")*)"(,|\r\n|\n|\r|$)|([^",\r\n][^,\r\n]*|)(,|\r\n|\n|\r|$)/gy;
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (!found) return null;
    const [, quoted, endOfQuoted, plain = "", endOfPlain] = found;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    const end = endOfQuoted ?? endOfPlain;
    if (end === ",") {
      if (cell.lastIndex === text.length) row.push("");
      continue;
    }
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows.filter((cells) => cells.length > 1 || cells[0] !== "");
}
