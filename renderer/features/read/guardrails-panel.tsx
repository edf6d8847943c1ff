/** What the AI may do here, with which data, who is told, and how a person takes over. */
import type { ReactElement } from "react";
import { Badge } from "#renderer/ui/badge.tsx";
import { Facts } from "#renderer/ui/facts.tsx";
import { isBlank, optionLabel, valueText } from "#renderer/ui/field-text.ts";
import type { Tone } from "#renderer/ui/notice.tsx";
import { Time } from "#renderer/ui/time.tsx";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { playbook } from "#shared/domain/playbook.ts";
import { Panel } from "./panel.tsx";
import { group, lines, text } from "./parts.ts";
import styles from "./guardrails-panel.module.css";

type PanelProps = { readonly record: RecordView };

const riskTones: Readonly<Record<string, Tone>> = {
  minimal: "good",
  limited: "info",
  high: "warn",
  prohibited: "bad",
};

const guardrailFields = [
  "risk_tier",
  "autonomy_level",
  "data_classes",
  "guardrails",
  "bias_check",
  "transparency",
  "policies",
] as const;

/** Risk, autonomy, data, bias check and transparency of a playbook that says anything about them. */
export function GuardrailsPanel({ record }: PanelProps): ReactElement | null {
  if (record.type !== "playbook") return null;
  if (guardrailFields.every((field) => isBlank(record.fields[field]))) return null;
  const names = namesOf(record);
  const told = group(record.fields.transparency);
  const bias = group(record.fields.bias_check);
  const risk = text(record, "risk_tier");
  return (
    <Panel title="Guardrails">
      <Facts
        facts={[
          [
            "Risk",
            risk === "" ? null : (
              <Badge tone={riskTones[risk] ?? "plain"}>{label("risk_tier", risk)}</Badge>
            ),
          ],
          ["Autonomy", label("autonomy_level", text(record, "autonomy_level"))],
          ["Data used", valueText(playbook.fields.data_classes, record.fields.data_classes, names)],
        ]}
      />
      {lines(record, "guardrails").length > 0 && (
        <>
          <h3 className={styles.subtitle}>Must never happen</h3>
          <ul className={styles.rules}>
            {lines(record, "guardrails").map((line) => (
              <li key={line} dir="auto">
                {line}
              </li>
            ))}
          </ul>
        </>
      )}
      <Facts
        facts={[
          ["Customer is told", told.customer_is_told],
          ["How it is explained", told.how_explained],
          ["How to appeal", told.appeal_route],
          ["Bias check", bias.result],
          [
            "Checked on",
            bias.done_on === undefined ? null : <Time iso={bias.done_on} format="date" />,
          ],
          ["Checked by", names.get(bias.by ?? "")],
          ["Method", bias.method],
          ["Groups compared", bias.groups],
          ["Policies", lines(record, "policies").join(", ")],
        ]}
      />
    </Panel>
  );
}

/** When and to whom the work passes to a person, and whether that has been practised. */
export function HandoffPanel({ record }: PanelProps): ReactElement | null {
  if (record.type !== "playbook") return null;
  const handoff = group(record.fields.handoff);
  const drill = text(record, "last_drill_on");
  const hasFallback = text(record, "fallback_md") !== "";
  if (isBlank(record.fields.handoff) && drill === "" && !hasFallback) return null;
  return (
    <Panel title="Handoff to a person">
      <Facts
        facts={[
          ["When", handoff.trigger],
          ["To whom", handoff.receiving_role],
          ["What is passed on", handoff.context_passed],
          ["Longest wait", handoff.maximum_wait],
          ["Last drill", drill === "" ? null : <Time iso={drill} format="date" />],
          [
            "Without AI",
            hasFallback ? (
              <a href="#part-fallback_md" onClick={jump}>
                See the fallback
              </a>
            ) : null,
          ],
        ]}
      />
    </Panel>
  );
}

function jump(event: { readonly preventDefault: () => void }): void {
  event.preventDefault();
  const target = document.getElementById("part-fallback_md");
  target?.scrollIntoView();
  target?.focus({ preventScroll: true });
}

function label(field: keyof typeof playbook.fields, value: string): string {
  const declared = playbook.fields[field];
  return value === "" || declared === undefined ? value : optionLabel(declared, value);
}

function namesOf(record: RecordView): ReadonlyMap<string, string> {
  return new Map(record.references.map(({ id, title }) => [id, title]));
}
