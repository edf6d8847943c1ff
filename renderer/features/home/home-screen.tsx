/**
 * Home: what waits for me, what is going stale, what changed. It is a place to start from, not a
 * board of figures.
 */
import { BookOpen, FolderInput } from "lucide-react";
import type { ReactElement } from "react";
import { useAsk } from "#renderer/platform/api.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { buttonClass } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";
import styles from "./home.module.css";
import { Waiting } from "./waiting.tsx";
import { WhatChanged } from "./what-changed.tsx";

/** The first screen of every day. */
export function HomeScreen(): ReactElement {
  const state = useAsk("workspace", "state", {});
  const counts = useAsk("records", "counts", {});
  const pages = counts.data?.types
    .filter(({ type }) => type === "playbook" || type === "lesson")
    .reduce((sum, { count }) => sum + count, 0);
  return (
    <Page title="Home" width="wide">
      <PageHeader title={greeting(state.data?.person?.name)} reading />
      <div className={styles.columns}>
        <div>
          {pages === 0 && <Beginning />}
          <WhatChanged />
        </div>
        <aside className={styles.side} aria-label="For me">
          <Waiting person={state.data?.person?.id} quiet={pages === 0} />
        </aside>
      </div>
    </Page>
  );
}

function Beginning() {
  return (
    <EmptyState
      icon={BookOpen}
      title="Nothing is written here yet"
      purpose="Bring the handbook you have: a folder of Markdown comes in with its titles, tags, links and images, and can be taken back with one undo."
      action={
        <span className={styles.actions}>
          <RouteLink to={{ screen: "import" }} className={buttonClass("primary")}>
            <FolderInput className={styles.icon} aria-hidden="true" />
            Import a folder
          </RouteLink>
          <RouteLink to={{ screen: "new", type: "playbook" }} className={buttonClass()}>
            Write a playbook
          </RouteLink>
        </span>
      }
    />
  );
}

function greeting(name: string | undefined): string {
  const hour = new Date().getHours();
  const part =
    hour < 5
      ? "Good night"
      : hour < 12
        ? "Good morning"
        : hour < 18
          ? "Good afternoon"
          : "Good evening";
  const first = name?.split(/\s+/u)[0];
  return first === undefined ? part : `${part}, ${first}`;
}
