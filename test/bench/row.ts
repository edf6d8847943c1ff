/** One measured figure, and the table that shows them. */

export type Row = {
  readonly name: string;
  readonly value: number;
  /** As printed: ms, files/s, MB, times. */
  readonly unit: string;
  readonly target?: { readonly atMost: number } | { readonly atLeast: number };
};

/** The value below which the given share of the samples lies; `share` from 0 to 1. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Whether a figure reaches its target; a figure without one always does. */
export function reaches(row: Row): boolean {
  if (row.target === undefined) return true;
  return "atMost" in row.target ? row.value <= row.target.atMost : row.value >= row.target.atLeast;
}

/** The rows as a table for a terminal. */
export function formatRows(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.name,
    `${round(row.value)} ${row.unit}`,
    targetText(row),
    row.target === undefined ? "" : reaches(row) ? "reached" : "MISSED",
  ]);
  return formatTable([["what", "measured", "target", ""], ...cells]);
}

/** Lines of cells in columns as wide as they need to be; the first line has all columns. */
export function formatTable(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function targetText({ target, unit }: Row): string {
  if (target === undefined) return "";
  return "atMost" in target ? `≤ ${target.atMost} ${unit}` : `≥ ${target.atLeast} ${unit}`;
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
