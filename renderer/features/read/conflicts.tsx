/**
 * What several people answered for one place at the same time, beside each other, to choose from.
 * Choosing keeps one person's write there and replaces the others; everything stays in the history.
 */
import { type ReactElement, useState } from "react";
import { useAct } from "#renderer/platform/act.ts";
import { useTell } from "#renderer/platform/api.ts";
import { showDone } from "#renderer/platform/undo.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Button, buttonClass } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Time } from "#renderer/ui/time.tsx";
import { Version, Versions } from "#renderer/ui/versions.tsx";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { removedPath } from "#shared/domain/change.ts";
import { conflictLabel, conflictWords, type Words } from "./conflict-words.ts";
import { OwnAnswer } from "./own-answer.tsx";
import styles from "./conflicts.module.css";

type Conflict = RecordView["conflicts"][number];

/** As many are shown at once; more wait behind a button, so that the page itself stays in reach. */
const mostOpen = 3;

/** The notice of all conflicts of a record. */
export function Conflicts({ record }: { readonly record: RecordView }): ReactElement {
  const [all, setAll] = useState(false);
  const overruled = record.conflicts.some(({ path }) => path === removedPath);
  const conflicts = record.conflicts.filter(({ path }) => path !== removedPath);
  const shown = all ? conflicts : conflicts.slice(0, mostOpen);
  const hidden = conflicts.length - shown.length;
  return (
    <>
      {overruled && <Overruled record={record} />}
      {conflicts.length > 0 && (
        <Notice tone="bad" title={title(conflicts.length)}>
          People wrote at the same time. The page shows the latest answer; the others are kept until
          somebody chooses, and in{" "}
          <RouteLink to={{ screen: "history", id: record.id }}>the history</RouteLink> after that.
          {!record.may.edit && record.may.why?.edit !== undefined && (
            <p className={styles.whyNot}>You cannot choose here. {record.may.why.edit}</p>
          )}
          {shown.map((conflict) => (
            <Choice key={conflict.path} record={record} conflict={conflict} />
          ))}
          {hidden > 0 && (
            <Button size="small" onClick={() => setAll(true)}>
              Show {hidden.toLocaleString()} more
            </Button>
          )}
        </Notice>
      )}
    </>
  );
}

function title(count: number): string {
  return count === 1
    ? "There are different answers for one place"
    : `There are different answers for ${count.toLocaleString()} places`;
}

type ChoiceProps = { readonly record: RecordView; readonly conflict: Conflict };

function Choice({ record, conflict }: ChoiceProps): ReactElement {
  const settle = useSettle(record, conflict.path);
  const texts = conflictWords(record, conflict);
  return (
    <fieldset className={styles.conflict}>
      <legend>{conflictLabel(record, conflict)}</legend>
      <Versions>
        {conflict.values.map(({ change, by, at }, index) => (
          <Version
            key={change}
            whose={
              <span>
                {by === null ? "" : `${by.title}, `}
                <Time iso={at} />
                {index === 0 && ", shown now"}
              </span>
            }
            action={
              <Button
                size="small"
                busy={settle.busy}
                disabled={!record.may.edit}
                aria-label={`Keep this${by === null ? "" : ` of ${by.title}`}`}
                onClick={() => settle.keep(change)}
              >
                Keep this
              </Button>
            }
          >
            <Shown words={texts[index]} />
          </Version>
        ))}
      </Versions>
      {record.may.edit && conflict.base !== undefined && (
        <RouteLink
          to={{ screen: "merge", id: record.id, path: conflict.path }}
          className={buttonClass("primary", "small")}
        >
          Merge them…
        </RouteLink>
      )}
      {record.may.edit && <OwnAnswer record={record} conflict={conflict} />}
    </fieldset>
  );
}

function Shown({ words }: { readonly words: Words | undefined }): ReactElement | null {
  if (words === undefined) return null;
  if (words.kind === "plain") return <>{words.text}</>;
  return (
    <>
      {words.runs.map((run, index) => {
        // Runs are a sequence: their place is their identity.
        const key = index.toString();
        if (run.kind === "same") return <span key={key}>{run.text}</span>;
        const Tag = run.kind === "added" ? "ins" : "del";
        return (
          <Tag key={key}>
            <span className="visually-hidden">
              {run.kind === "added" ? " here: " : " shown now: "}
            </span>
            {run.text}
          </Tag>
        );
      })}
    </>
  );
}

function Overruled({ record }: { readonly record: RecordView }): ReactElement {
  const settle = useSettle(record, removedPath);
  const remove = useAct(useTell("records", "remove"), ({ action }) =>
    showDone("Moved to the trash.", action),
  );
  const removal = record.conflicts.find(({ path }) => path === removedPath)?.values[0];
  return (
    <Notice
      tone="warn"
      title="Somebody moved this to the trash while somebody else wrote in it"
      actions={
        <>
          <Button
            size="small"
            busy={settle.busy}
            onClick={() => removal !== undefined && settle.keep(removal.change)}
          >
            Keep it
          </Button>
          <Button size="small" busy={remove.busy} onClick={() => remove.act({ ids: [record.id] })}>
            Move to trash
          </Button>
        </>
      }
    >
      It was brought back, so that nothing written is lost
      {removal?.by === null || removal === undefined ? "" : `; ${removal.by.title} had removed it`}.
    </Notice>
  );
}

function useSettle({ id, version: base }: RecordView, path: string) {
  const settle = useAct(useTell("records", "settle"), ({ action }) => showDone("Settled.", action));
  return {
    busy: settle.busy,
    keep: (change: Conflict["values"][number]["change"]) => settle.act({ id, base, path, change }),
  };
}
