/** An amount of bytes as a person says it: "5.7 MB". */
export function fileSize(count: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  const power = count < 1 ? 0 : Math.min(3, Math.floor(Math.log10(count) / 3));
  const unit = units[power] ?? "byte";
  return new Intl.NumberFormat(undefined, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: power < 2 ? 0 : 1,
  }).format(count / 1000 ** power);
}
