/** Writing: editing a record, and writing a new one. What is typed is kept as a draft from the first pause. */
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useEffect } from "react";
import { navigate, RouteLink, type RouteOf } from "#renderer/platform/navigation.tsx";
import { buttonClass } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { Page } from "#renderer/ui/page.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { openedAs } from "./draft-place.ts";
import { openNew, openRecord, type Opening } from "./opening.ts";
import { WritingPage } from "./writing-page.tsx";

/** Edits a record. */
export function EditScreen({ route }: { readonly route: RouteOf<"edit"> }): ReactElement {
  const key = openedAs(route.draft ?? route.id);
  return <Open key={key} name={key} open={() => openRecord(route.id, key)} />;
}

/** Writes a new record. The address names the draft, so that a reload continues it. */
export function NewScreen({ route }: { readonly route: RouteOf<"new"> }): ReactElement {
  const { type, title, draft } = route;
  useEffect(() => {
    if (draft !== undefined) return;
    const key = `new-${crypto.randomUUID()}`;
    navigate({ screen: "new", type, title, draft: key }, { replace: true });
  }, [type, title, draft]);
  if (recordTypeOf(type) === undefined) return <Unknown />;
  if (draft === undefined) return <Waiting />;
  const key = openedAs(draft);
  return <Open key={key} name={key} open={() => openNew(key, type, title)} />;
}

type OpenProps = { readonly name: string; readonly open: () => Promise<Opening> };

function Open({ name, open }: OpenProps): ReactElement {
  // What was opened is a starting point, not the truth: never asked for again while one writes, or the
  // writing would seem to start from what others wrote meanwhile, and forgotten when one leaves.
  const opened = useQuery({
    queryKey: ["writing", name],
    queryFn: open,
    staleTime: "static",
    gcTime: 0,
  });
  if (opened.isError) return <CannotOpen reason={opened.error.message} />;
  if (opened.data === undefined) return <Waiting />;
  return <WritingPage opening={opened.data} />;
}

function Waiting(): ReactElement {
  return (
    <Page title="Opening">
      <Skeleton lines={8} label="Opening the editor" />
    </Page>
  );
}

function Unknown(): ReactElement {
  return (
    <CannotOpen reason="This version does not know records of that type, so it cannot write one." />
  );
}

function CannotOpen({ reason }: { readonly reason: string }): ReactElement {
  return (
    <Page title="Cannot edit">
      <EmptyState
        title="This cannot be edited"
        purpose={reason}
        action={
          <RouteLink to={{ screen: "home" }} className={buttonClass("secondary")}>
            Go home
          </RouteLink>
        }
      />
    </Page>
  );
}
