/** A lesson in the order in which one asks: what set it off, what happened, why, and what to do. */
import { dayElement, dayText } from "./days.ts";
import { type Child, h, joined } from "./elements.ts";
import { groupIn, itemsIn, labelOf, linesIn, textIn } from "./fields.ts";
import { facts, lineList, type PageSection, type PartContext, section } from "./page-parts.ts";

/** The story, which comes before the free text. */
export function lessonBefore(context: PartContext): PageSection[] {
  const { fields } = context.record;
  const event = textIn(fields, "driving_event");
  return [
    ...section(
      "event",
      "What set it off",
      event === "" ? null : h("p", { className: "statement", dir: "auto" }, event),
      facts([
        ["When", dayElement(textIn(fields, "event_date"))],
        ["How it was noticed", textIn(fields, "detected_how")],
      ]),
    ),
    ...markdown(context, "what_was_supposed_to_happen", "What was supposed to happen"),
    ...markdown(context, "what_happened", "What happened"),
    ...markdown(context, "why_different", "Why it was different"),
  ];
}

/** Causes and consequences, which come after it. */
export function lessonAfter(context: PartContext): PageSection[] {
  const { record, nameOf } = context;
  const { fields } = record;
  const impact = groupIn(fields, "impact");
  const where = groupIn(fields, "applicability");
  const names = (field: string) =>
    linesIn(where, field)
      .flatMap((id) => nameOf(id) ?? [])
      .join(", ");
  const figure = [textIn(impact, "value"), textIn(impact, "metric")].filter((part) => part !== "");
  return [
    ...section(
      "impact",
      "Impact",
      figure.length === 0
        ? null
        : h("p", { className: "statement", dir: "auto" }, figure.join(" ")),
      facts([["Who was affected", textIn(impact, "who_was_affected")]]),
    ),
    ...section("causes", "Root causes", entries(context, "root_causes", "pillar")),
    ...section(
      "factors",
      "Contributing factors",
      lineList(linesIn(fields, "contributing_factors")),
    ),
    ...section("recommendations", "Recommendations", recommendations(context)),
    ...section("actions", "Action items", actions(context)),
    ...markdown(context, "went_well", "What went well"),
    ...markdown(context, "went_wrong", "What went wrong"),
    ...markdown(context, "got_lucky", "Where we got lucky"),
    ...section("timeline", "Timeline", timeline(context)),
    ...section(
      "applies",
      "Where it applies",
      facts([
        ["Departments", names("departments")],
        ["Tools", names("tools")],
        ["Conditions", textIn(where, "conditions")],
        ["Does not apply when", textIn(where, "not_applicable_when")],
      ]),
    ),
    ...section("evidence", "Evidence", lineList(linesIn(fields, "evidence")), confidence(context)),
  ];
}

function markdown({ record, text }: PartContext, field: string, label: string): PageSection[] {
  return section(field, label, [...text(textIn(record.fields, field), `${field}-`)]);
}

function confidence({ record }: PartContext): Child {
  const value = textIn(record.fields, "confidence");
  return facts([["Confidence", value === "" ? "" : labelOf(record, "confidence", value)]]);
}

function entries({ record }: PartContext, list: string, aside: string): Child {
  const items = itemsIn(record.fields, list).filter((item) => textIn(item, "text") !== "");
  if (items.length === 0) return null;
  return h(
    "ul",
    { className: "lines" },
    items.map((item) => {
      const value = textIn(item, aside);
      return h(
        "li",
        { dir: "auto" },
        textIn(item, "text"),
        value === "" ? null : h("small", {}, ` ${labelOf(record, `${list}.${aside}`, value)}`),
      );
    }),
  );
}

function recommendations({ record }: PartContext): Child {
  const items = itemsIn(record.fields, "recommendations");
  if (items.length === 0) return null;
  return h(
    "ul",
    { className: "lines" },
    items.map((item) => {
      const kind = textIn(item, "kind");
      const priority = textIn(item, "priority");
      return h(
        "li",
        { dir: "auto" },
        kind === "" ? null : h("strong", {}, `${labelOf(record, "recommendations.kind", kind)}: `),
        textIn(item, "text"),
        priority === "" ? null : h("small", {}, ` ${priority} priority`),
      );
    }),
  );
}

function actions({ record }: PartContext): Child {
  const items = itemsIn(record.fields, "action_items");
  if (items.length === 0) return null;
  return h(
    "ul",
    { className: "lines" },
    items.map((item) => {
      const status = textIn(item, "status");
      const due = textIn(item, "due_on");
      const aside = joined([
        status === "" ? null : labelOf(record, "action_items.status", status),
        due === "" ? null : `due ${dayText(due)}`,
      ]);
      return h(
        "li",
        { dir: "auto" },
        textIn(item, "text"),
        aside.length === 0 ? null : h("small", {}, " ", aside),
      );
    }),
  );
}

function timeline({ record }: PartContext): Child {
  return facts(
    itemsIn(record.fields, "timeline").map((item) => [textIn(item, "at"), textIn(item, "event")]),
  );
}
