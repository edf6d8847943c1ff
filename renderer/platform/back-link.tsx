/** The way up from a page to the one it belongs to. */
import { ArrowLeft } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import type { Route } from "#shared/navigation/route.ts";
import styles from "./back-link.module.css";
import { RouteLink } from "./navigation.tsx";

type BackLinkProps = { readonly to: Route; readonly children: ReactNode };

/** A link with an arrow, for the line above a page's title. */
export function BackLink({ to, children }: BackLinkProps): ReactElement {
  return (
    <RouteLink to={to} className={styles.link} dir="auto">
      <ArrowLeft className={styles.arrow} aria-hidden="true" />
      {children}
    </RouteLink>
  );
}
