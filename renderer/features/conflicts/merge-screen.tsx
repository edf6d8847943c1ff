/**
 * One text of which people wrote different versions at the same time: everything that meets is
 * merged, and each place that clashes is shown three ways, as it was and as each wrote it. All
 * versions stay in the history, whatever is made of them.
 */
import { type ReactElement, useState } from "react";
import { useAsk, useTell } from "#renderer/platform/api.ts";
import { BackLink } from "#renderer/platform/back-link.tsx";
import { navigate, RouteLink, type RouteOf } from "#renderer/platform/navigation.tsx";
import { showDone } from "#renderer/platform/undo.ts";
import { buttonClass } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { fieldLabel } from "#renderer/ui/field-text.ts";
import { Explanation } from "#renderer/ui/explanation.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { Stack } from "#renderer/ui/stack.tsx";
import { formatTime } from "#renderer/ui/time.tsx";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { MergeStep, type TextVersion } from "./merge-step.tsx";

/** The screen. What it opened stays its starting point; what comes meanwhile is merged when saving. */
export function MergeScreen({ route }: { readonly route: RouteOf<"merge"> }): ReactElement {
  const asked = useAsk("records", "get", { id: route.id });
  const [opened, setOpened] = useState<RecordView | null>(null);
  if (opened === null && asked.data !== undefined) setOpened(asked.data);
  const record = opened ?? asked.data;
  if (record === undefined) {
    return (
      <Page title="Merge" width="wide">
        <PageHeader title="Merge" />
        {asked.error === null ? (
          <Skeleton lines={8} />
        ) : (
          <Notice tone="bad">{asked.error.message}</Notice>
        )}
      </Page>
    );
  }
  const versions = versionsOf(record, route.path);
  return (
    <Page title={`Merge ${record.title}`} width="wide">
      <PageHeader
        title={record.title}
        eyebrow={<BackLink to={{ screen: "record", id: record.id }}>Back to reading</BackLink>}
        meta={`Merge: ${labelOf(record, route.path)}`}
      />
      {versions.length < 2 ? (
        <EmptyState
          title="There is nothing to merge here"
          purpose="Somebody has settled it, or there was only one version of this text."
          action={
            <RouteLink to={{ screen: "record", id: record.id }} className={buttonClass("primary")}>
              Read it
            </RouteLink>
          }
        />
      ) : (
        <Steps record={record} path={route.path} versions={versions} />
      )}
    </Page>
  );
}

type StepsProps = {
  readonly record: RecordView;
  readonly path: string;
  readonly versions: readonly TextVersion[];
};

/** Two at a time: what came out of the first two meets the third. */
function Steps({ record, path, versions }: StepsProps) {
  const [first, ...rest] = versions;
  const [step, setStep] = useState(0);
  const [left, setLeft] = useState(first);
  const edit = useTell("records", "edit");
  const right = rest[step];
  const last = step === rest.length - 1;
  if (left === undefined || right === undefined) return null;
  const base = record.conflicts.find((one) => one.path === path)?.base ?? "";

  async function save(text: string): Promise<void> {
    const { id, version } = record;
    const content = path === "body" ? { body: text } : { fields: { [path]: text } };
    const note = "Merged what was written at the same time";
    const { action } = await edit.mutateAsync({ id, base: version, ...content, note });
    showDone("Settled. All versions are in the history.", action);
    navigate({ screen: "record", id }, { replace: true });
  }

  return (
    <Stack>
      {rest.length > 1 && (
        <Explanation live>
          Step {(step + 1).toLocaleString()} of {rest.length.toLocaleString()}: there are{" "}
          {versions.length.toLocaleString()} versions.
        </Explanation>
      )}
      <MergeStep
        key={step}
        base={base}
        left={left}
        right={right}
        busy={edit.isPending}
        failure={edit.error?.message ?? null}
        doneLabel={last ? "Save as a new revision" : `Next: ${rest[step + 1]?.name ?? ""}`}
        onDone={(text) => {
          if (last) {
            // The failure stands on the page.
            void save(text).catch(() => undefined);
          } else {
            setLeft({ name: "Your result so far", text });
            setStep(step + 1);
          }
        }}
      />
    </Stack>
  );
}

function versionsOf(record: RecordView, path: string): readonly TextVersion[] {
  const conflict = record.conflicts.find((one) => one.path === path);
  if (conflict?.base === undefined) return [];
  return conflict.values.flatMap(({ value, by, at }) =>
    typeof value === "string"
      ? [{ name: by?.title ?? "Somebody", text: value, when: formatTime(at) }]
      : [],
  );
}

function labelOf({ type }: RecordView, path: string): string {
  return path === "body" ? "Text" : fieldLabel(recordTypeOf(type)?.fields ?? {}, path);
}
