/** What waits for the person: drafts, and pages of theirs whose verification has run out. */
import type { ReactElement } from "react";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import type { Route } from "#shared/navigation/route.ts";
import { type Output, useAsk } from "#renderer/platform/api.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Time } from "#renderer/ui/time.tsx";
import styles from "./home.module.css";
import { Section } from "./section.tsx";

const draftsShown = 4;

type Draft = Output<"drafts", "list">[number];

/** Quiet when nothing waits. */
export function Waiting(): ReactElement {
  const drafts = useAsk("drafts", "list", {});
  const list = drafts.data ?? [];
  return (
    <>
      {list.length > 0 && (
        <Section
          title="Your drafts"
          more={
            list.length > draftsShown && (
              <RouteLink to={{ screen: "drafts" }}>
                All {list.length.toLocaleString()} drafts
              </RouteLink>
            )
          }
        >
          {list.slice(0, draftsShown).map((draft) => (
            <li key={draft.key} className={styles.line}>
              <div className={styles.text}>
                <RouteLink to={placeOf(draft)} className={styles.title} dir="auto">
                  {draft.title ||
                    `Untitled ${(recordTypeOf(draft.type)?.label ?? draft.type).toLowerCase()}`}
                </RouteLink>
                <span className={styles.meta}>
                  Saved <Time iso={draft.savedAt} />
                </span>
              </div>
            </li>
          ))}
        </Section>
      )}
      {list.length === 0 && (
        <Section title="Waiting for you">
          <li className={styles.quiet}>
            Nothing. What you start to write, and your pages that are due for a check, appear here.
          </li>
        </Section>
      )}
    </>
  );
}

function placeOf(draft: Draft): Route {
  return draft.record === undefined ? { screen: "drafts" } : { screen: "edit", id: draft.record };
}
