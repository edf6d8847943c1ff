import type { ReactElement } from "react";
export function MembersScreen(): ReactElement {
  return <p>x</p>;
}
