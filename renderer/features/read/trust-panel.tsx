/** How far to rely on a record: its verification, its owner, its version and its dates. */
import { BadgeCheck, CircleAlert, CircleDashed, type LucideIcon, ShieldX } from "lucide-react";
import type { MouseEvent, ReactElement, ReactNode } from "react";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Facts } from "#renderer/ui/facts.tsx";
import { statusLabel } from "#renderer/ui/status-badge.tsx";
import { formatTime } from "#renderer/ui/time.tsx";
import type { RecordView, Reference } from "#shared/contract/record-shapes.ts";
import { jsonSchema } from "#shared/domain/json.ts";
import { type Trust, type TrustState, trustOf, type Verification } from "#shared/domain/trust.ts";
import { Panel } from "./panel.tsx";
import { group, items, text } from "./parts.ts";
import { trustWords } from "./trust-words.ts";
import styles from "./trust-panel.module.css";

const icons: Readonly<Record<TrustState, LucideIcon>> = {
  verified: BadgeCheck,
  due: BadgeCheck,
  expired: CircleAlert,
  rejected: ShieldX,
  unverified: CircleDashed,
};

type TrustPanelProps = {
  readonly record: RecordView;
  /** Milliseconds since 1970, UTC. */
  readonly now: number;
};

/** The trust panel; types that nobody verifies show only who and when. */
export function TrustPanel({ record, now }: TrustPanelProps): ReactElement {
  const trust = trustOf(record.fields.verification, now);
  const verifiable = record.type === "playbook" || record.type === "lesson";
  return (
    <Panel title={verifiable ? "Trust" : "Record"}>
      {verifiable && <TrustLine trust={trust} />}
      <Facts facts={factsOf(record, trust.verification)} />
    </Panel>
  );
}

/** The same in one line, above the text, where the panels have no room beside it. */
export function TrustSummary({ record, now }: TrustPanelProps): ReactElement | null {
  if (record.type !== "playbook" && record.type !== "lesson") return null;
  const trust = trustOf(record.fields.verification, now);
  const words = trustWords(trust);
  const Icon = icons[trust.state];
  const risk = text(record, "risk_tier");
  return (
    <p className={styles.summary}>
      <span className={styles.trust} data-tone={words.tone}>
        <Icon aria-hidden="true" />
        <strong>{words.short}</strong>
      </span>
      {risk !== "" && <span>Risk: {risk.replaceAll("_", " ")}</span>}
      <a href="#about-record" onClick={goToPanels}>
        More about this record
      </a>
    </p>
  );
}

function goToPanels(event: MouseEvent): void {
  event.preventDefault();
  const panels = document.getElementById("about-record");
  panels?.scrollIntoView();
  panels?.focus({ preventScroll: true });
}

function TrustLine({ trust }: { readonly trust: Trust }): ReactElement {
  const words = trustWords(trust);
  const Icon = icons[trust.state];
  return (
    <div className={styles.trust} data-tone={words.tone}>
      <Icon aria-hidden="true" />
      <div>
        <strong>{words.short}</strong>
        <p>{words.sentence}</p>
      </div>
    </div>
  );
}

function factsOf(
  record: RecordView,
  verification: Verification,
): readonly (readonly [string, ReactNode])[] {
  const named = new Map<string, Reference>(record.references.map((one) => [one.id, one]));
  const verifier = named.get(verification.verified_by ?? "");
  const version = text(record, "version_label");
  const published = text(record, "published_at");
  const flags = items(record.fields.flags).filter(
    (flag) => flag.resolved_by_revision === undefined,
  );
  const { verified_at: verified } = verification;
  return [
    ["Owner", owner(record)],
    [
      "Checked",
      verified === undefined ? null : <When key="checked" iso={verified} by={verifier} />,
    ],
    ["Confidence", statusLabel(text(record, "confidence"))],
    ["Version", version],
    ["Published", published === "" ? null : day(published)],
    ["Flagged", flags.map((flag) => group(jsonSchema.parse(flag)).reason ?? "").join("; ")],
    ["Changed", <When key="changed" iso={record.updatedAt} by={record.updatedBy} />],
    ["Created", <When key="created" iso={record.createdAt} by={record.createdBy} />],
  ];
}

type WhenProps = { readonly iso: string; readonly by: Reference | null | undefined };

function When({ iso, by }: WhenProps): ReactElement {
  return (
    <>
      {day(iso)}
      {by !== null && by !== undefined && (
        <>
          {" by "}
          <Name reference={by} />
        </>
      )}
    </>
  );
}

function owner(record: RecordView): ReactNode {
  if (record.owner !== null) return <Name reference={record.owner} />;
  const hint = text(record, "owner_hint");
  if (hint !== "") return `${hint} (named in the file)`;
  return record.type === "playbook" || record.type === "lesson" ? (
    <em className={styles.absent}>Nobody yet</em>
  ) : null;
}

function day(iso: string): string {
  return formatTime(iso.slice(0, 10), "date");
}

function Name({ reference }: { readonly reference: Reference }): ReactElement {
  return <RouteLink to={{ screen: "record", id: reference.id }}>{reference.title}</RouteLink>;
}
