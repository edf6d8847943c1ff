/** What leads to a record from a list: its title, quiet until one points at it. */
import type { ReactElement, ReactNode } from "react";
import type { Route } from "#shared/navigation/route.ts";
import { RouteLink } from "./navigation.tsx";
import styles from "./title-link.module.css";

type TitleLinkProps = { readonly to: Route; readonly children: ReactNode };

/** A link that looks like a title. */
export function TitleLink({ to, children }: TitleLinkProps): ReactElement {
  return (
    <RouteLink to={to} className={styles.link} dir="auto">
      {children}
    </RouteLink>
  );
}
