/** Every field that has no place of its own, section by section; also those of a newer version. */
import type { ReactElement, ReactNode } from "react";
import { Facts } from "#renderer/ui/facts.tsx";
import { fieldLabel, isBlank, valueText } from "#renderer/ui/field-text.ts";
import { Markdown } from "#renderer/ui/markdown/markdown.tsx";
import type { MarkdownSources } from "#renderer/ui/markdown/markdown-sources.ts";
import { host } from "#renderer/platform/host.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import type { Field, Section } from "#shared/domain/field.ts";
import type { Json } from "#shared/domain/json.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { PanelTitle } from "./panel.tsx";
import { group, items } from "./parts.ts";
import styles from "./details-section.module.css";

type DetailsSectionProps = {
  readonly record: RecordView;
  readonly shown: ReadonlySet<string>;
  readonly sources: MarkdownSources;
};

const sections: readonly (readonly [Section | "other", string])[] = [
  ["about", "About"],
  ["content", "Content"],
  ["people", "People"],
  ["context", "Where it applies"],
  ["guardrails", "Guardrails"],
  ["handoff", "Handoff"],
  ["trust", "Evidence and review"],
  ["effort", "Effort"],
  ["relations", "Relations"],
  ["origin", "Origin"],
  ["other", "Other fields"],
];

/** The details, in the order of the declarations. */
export function DetailsSection({
  record,
  shown,
  sources,
}: DetailsSectionProps): ReactElement | null {
  const declared = recordTypeOf(record.type)?.fields ?? {};
  const names = Object.keys({ ...declared, ...record.fields }).filter(
    (name) => name !== "body" && !shown.has(name) && !isBlank(record.fields[name]),
  );
  if (names.length === 0) return null;
  return (
    <section className={styles.details} aria-label="Details">
      {sections.map(([section, title]) => {
        const here = names.filter((name) => (declared[name]?.section ?? "other") === section);
        if (here.length === 0) return null;
        return (
          <section key={section} className={styles.group}>
            <PanelTitle>{title}</PanelTitle>
            <Facts
              facts={here.map((name) => [
                fieldLabel(declared, name),
                <Value
                  key={name}
                  field={declared[name]}
                  value={record.fields[name] ?? null}
                  record={record}
                  sources={sources}
                />,
              ])}
            />
          </section>
        );
      })}
    </section>
  );
}

type ValueProps = {
  readonly field: Field | undefined;
  readonly value: Json;
  readonly record: RecordView;
  readonly sources: MarkdownSources;
};

function Value({ field, value, record, sources }: ValueProps): ReactNode {
  const names = new Map(record.references.map(({ id, title }) => [String(id), title]));
  if (field?.kind === "markdown" && typeof value === "string") {
    return <Markdown text={value} sources={sources} idPrefix="detail-" topLevel={3} />;
  }
  if (field?.kind === "reference" || field?.kind === "references") {
    const ids = Array.isArray(value) ? value : [value];
    return <References ids={ids.map(String)} record={record} />;
  }
  if (field?.kind === "url" && typeof value === "string") return <Address url={value} />;
  if (field?.kind === "group") {
    return <Facts facts={innerFacts(field.fields, group(value), record)} />;
  }
  if (field?.kind === "list") {
    return (
      <ul>
        {items(value).map((item, index) => (
          <li key={item.id ?? index}>{innerText(field.fields, item, names)}</li>
        ))}
      </ul>
    );
  }
  return valueText(field, value, names);
}

function innerFacts(
  fields: Readonly<Record<string, Field>>,
  values: Readonly<Record<string, string>>,
  record: RecordView,
): readonly (readonly [string, string])[] {
  const names = new Map(record.references.map(({ id, title }) => [String(id), title]));
  return Object.entries(values).map(([name, value]) => [
    fieldLabel(fields, name),
    valueText(fields[name], value, names),
  ]);
}

function innerText(
  fields: Readonly<Record<string, Field>>,
  item: Readonly<Record<string, unknown>>,
  names: ReadonlyMap<string, string>,
): string {
  return Object.keys(fields)
    .flatMap((name) => {
      const value = item[name];
      const said = typeof value === "string" || typeof value === "number" ? value : null;
      return said === null || said === "" ? [] : [valueText(fields[name], said, names)];
    })
    .join(" – ");
}

function References(props: { readonly ids: readonly string[]; readonly record: RecordView }) {
  return (
    <span className={styles.references}>
      {props.ids.map((id) => {
        const known = props.record.references.find((reference) => reference.id === id);
        return known === undefined ? (
          <span key={id}>{id}</span>
        ) : (
          <RouteLink key={id} to={{ screen: "record", id: known.id }}>
            {known.title}
          </RouteLink>
        );
      })}
    </span>
  );
}

function Address({ url }: { readonly url: string }): ReactElement {
  if (!url.startsWith("https://")) return <>{url}</>;
  return (
    <a
      href={url}
      rel="noreferrer noopener"
      onClick={(event) => {
        event.preventDefault();
        host.openExternal(url);
      }}
    >
      {url}
    </a>
  );
}
