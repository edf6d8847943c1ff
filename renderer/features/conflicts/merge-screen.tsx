import type { ReactElement } from "react";
export function MergeScreen(): ReactElement {
  return <p>x</p>;
}
