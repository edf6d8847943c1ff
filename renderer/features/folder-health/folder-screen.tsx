import type { ReactElement } from "react";
export function FolderScreen(): ReactElement {
  return <p>x</p>;
}
