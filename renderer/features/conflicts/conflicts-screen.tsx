import type { ReactElement } from "react";
export function ConflictsScreen(): ReactElement {
  return <p>x</p>;
}
