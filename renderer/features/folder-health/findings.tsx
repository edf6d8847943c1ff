/** What was found in the folder: each with what it means and the one thing to do about it. */
import type { ReactElement } from "react";
import type { Output } from "#renderer/platform/api.ts";
import { TitleLink } from "#renderer/platform/title-link.tsx";
import { Badge } from "#renderer/ui/badge.tsx";
import { Explanation } from "#renderer/ui/explanation.tsx";
import { Quiet } from "#renderer/ui/quiet.tsx";
import { Rows } from "#renderer/ui/rows.tsx";
import { Section } from "#renderer/ui/section.tsx";
import { Time } from "#renderer/ui/time.tsx";
import styles from "./folder-health.module.css";

type Health = Output<"sharing", "folderHealth">;
type File = Health["setAside"][number];

const reasons: Readonly<Record<File["reason"], string>> = {
  truncated: "Incomplete",
  hash: "Changed",
  signature: "Not signed",
  unknown_device: "Unknown device",
  removed: "Removed device",
  not_permitted: "Not permitted",
  future_format: "Newer version",
  oversize: "Too large",
  fork: "Two copies",
  other_library: "Another workspace",
  not_guildhall: "Not Guildhall's",
};

/** Files that were put aside: nothing of them was taken. */
export function SetAside({ files }: { readonly files: readonly File[] }): ReactElement {
  return (
    <Section title="Set aside" count={files.length.toLocaleString()}>
      <Rows>
        {files.map(({ path, reason, sentence, action, since }) => (
          <li key={path} className={styles.finding}>
            <div className={styles.what}>
              <Badge tone="warn">{reasons[reason]}</Badge>
              <code className={styles.path}>{path}</code>
              <Quiet>
                since <Time iso={since} />
              </Quiet>
            </div>
            <p>{sentence}</p>
            <p className={styles.action}>{action}</p>
          </li>
        ))}
      </Rows>
    </Section>
  );
}

/** Changes that exist somewhere and have not come here. */
export function Missing({ parts }: { readonly parts: Health["missing"] }): ReactElement {
  return (
    <Section title="Not here yet">
      <Explanation>
        Colleagues&rsquo; computers have these, and the folder as it stands here has not. They come
        by themselves once OneDrive, Dropbox or whatever copies the folder has finished, or once
        Guildhall is open again where they are.
      </Explanation>
      <Rows>
        {parts.map(({ device, person, changes }) => (
          <li key={device} className={styles.row}>
            <span>
              {amount(changes)} of <strong>{person === "" ? "somebody unknown" : person}</strong>
            </span>
            <Quiet>
              Device <code>{device.slice(0, 8)}</code>
            </Quiet>
          </li>
        ))}
      </Rows>
    </Section>
  );
}

type Refusal = Health["refused"][number];

const refusals: Readonly<
  Record<Refusal["reason"], { readonly name: string; readonly meaning: string }>
> = {
  waiting: {
    name: "Waiting",
    meaning: "It builds on something that has not come here yet, and is applied once that is here.",
  },
  not_permitted: {
    name: "Not permitted",
    meaning:
      "Their roles do not allow it. It is kept, and counts once a steward gives them a role that does.",
  },
  removed: {
    name: "After a removal",
    meaning:
      "It was written after its author was removed. A steward can take it over under People and roles.",
  },
};

/** Changes that are here and left out of the records. */
export function Refused({ changes }: { readonly changes: readonly Refusal[] }): ReactElement {
  return (
    <Section title="Kept, not applied">
      <Rows>
        {changes.map((one) => (
          <li key={`${one.reason} ${one.record}`} className={styles.finding}>
            <div className={styles.what}>
              <Badge tone={one.reason === "waiting" ? "info" : "warn"}>
                {refusals[one.reason].name}
              </Badge>
              {one.title === "" ? (
                <span>A record that is not here yet</span>
              ) : (
                <TitleLink to={{ screen: "record", id: one.record }}>{one.title}</TitleLink>
              )}
              <Quiet>
                {amount(one.changes)}
                {one.person !== "" && ` of ${one.person}`}
              </Quiet>
            </div>
            <p>{refusals[one.reason].meaning}</p>
          </li>
        ))}
      </Rows>
    </Section>
  );
}

/** What happened in the folder, newest first. */
export function Events({ events }: { readonly events: Health["events"] }): ReactElement | null {
  if (events.length === 0) return null;
  return (
    <Section title="What happened in the folder">
      <Rows>
        {events.map(({ at, sentence }) => (
          <li key={`${at} ${sentence}`} className={styles.row}>
            <span>{sentence}</span>
            <Quiet>
              <Time iso={at} />
            </Quiet>
          </li>
        ))}
      </Rows>
    </Section>
  );
}

function amount(changes: number): string {
  return `${changes.toLocaleString()} ${changes === 1 ? "change" : "changes"}`;
}
