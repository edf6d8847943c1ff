/** A text as a QR code, for a telephone's camera. What it says stands beside it in letters, too. */
import type { ReactElement } from "react";
import { encode } from "uqr";
import styles from "./qr-code.module.css";

type QrCodeProps = {
  readonly text: string;
  /** Says what it is to whoever does not see it. */
  readonly label: string;
};

/** Always dark on light, in either theme: many cameras read nothing else. */
export function QrCode({ text, label }: QrCodeProps): ReactElement {
  const { data, size } = encode(text, { ecc: "M", border: 4 });
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${String(x)} ${String(y)}h1v1h-1z` : "")))
    .join("");
  return (
    <svg
      className={styles.code}
      viewBox={`0 0 ${String(size)} ${String(size)}`}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- It is drawn here, and no file.
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} className={styles.light} />
      <path d={path} className={styles.dark} />
    </svg>
  );
}
