/** All records of one type: filtered, sorted, ticked, moved to the trash. */
import { Plus, Trash2 } from "lucide-react";
import { type ReactElement, useState } from "react";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { formatRoute } from "#shared/navigation/route.ts";
import { useTell } from "#renderer/platform/api.ts";
import { useCommands } from "#renderer/platform/commands.ts";
import { navigate, RouteLink, type RouteOf } from "#renderer/platform/navigation.tsx";
import { showDone } from "#renderer/platform/undo.ts";
import { Button, buttonClass } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";
import { statusLabel } from "#renderer/ui/status-badge.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import { typeIcon } from "#renderer/ui/type-icon.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { RecordList } from "./record-list.tsx";
import { SelectionBar } from "./selection-bar.tsx";
import { type RecordFilter, useRecordPages } from "./use-record-pages.ts";
import { useSelection } from "./use-selection.ts";

type Sort = "title" | "updated";

/** How each type was sorted last, while the window is open. */
const sorts = new Map<string, Sort>();

/** The list of a type. */
export function ListScreen({ route }: { readonly route: RouteOf<"list"> }): ReactElement {
  const { type, status, department } = route;
  const [sort, setSort] = useState<Sort>(sorts.get(type) ?? "updated");
  const filter: RecordFilter = {
    type,
    sort,
    ...(status === undefined ? {} : { status }),
    ...(department === undefined ? {} : { department }),
  };
  const pages = useRecordPages(filter);
  const selection = useSelection();
  const { moveToTrash, busy } = useMoveToTrash(selection);
  const label = recordTypeOf(type)?.label ?? statusLabel(type);
  const plural = recordTypeOf(type)?.plural ?? statusLabel(type);
  const filtered = status !== undefined || department !== undefined;
  const bare = pages.total === 0 && !filtered;

  return (
    <Page title={plural} fill width="full">
      <PageHeader
        title={plural}
        meta={pages.total === undefined || bare ? undefined : countOf(type, pages.total, filtered)}
        actions={
          <Button
            variant={bare ? "secondary" : "primary"}
            icon={Plus}
            onClick={() => navigate({ screen: "new", type })}
          >{`New ${label.toLowerCase()}`}</Button>
        }
      />
      {selection.ids.size > 0 ? (
        <SelectionBar selection={selection} filter={filter} total={pages.total ?? 0}>
          <Button size="small" icon={Trash2} busy={busy} onClick={moveToTrash}>
            Move to trash
          </Button>
        </SelectionBar>
      ) : bare ? null : (
        <FilterBar
          route={route}
          sort={sort}
          onSort={(next) => {
            sorts.set(type, next);
            setSort(next);
          }}
        />
      )}
      <RecordList
        key={`${formatRoute(route)} ${sort}`}
        label={plural}
        memory={`${formatRoute(route)} ${sort}`}
        pages={pages}
        selection={selection}
        empty={<Nothing type={type} filtered={filtered} />}
      />
    </Page>
  );
}

function useMoveToTrash(selection: ReturnType<typeof useSelection>) {
  const remove = useTell("records", "remove");
  const toast = useToast();
  function moveToTrash(): void {
    const ids = [...selection.ids];
    if (ids.length === 0) return;
    remove.mutate(
      { ids },
      {
        onSuccess: ({ removed, action }) => {
          selection.clear();
          showDone(
            `${removed.toLocaleString()} ${removed === 1 ? "record" : "records"} moved to the trash.`,
            action,
          );
        },
        onError: toast.fail,
      },
    );
  }
  useCommands([
    {
      id: "list.trash",
      title: "Move the ticked records to the trash",
      group: "List",
      keys: "Delete",
      run: moveToTrash,
    },
  ]);
  return { moveToTrash, busy: remove.isPending };
}

function Nothing({ type, filtered }: { readonly type: string; readonly filtered: boolean }) {
  const known = recordTypeOf(type);
  if (filtered) {
    return (
      <EmptyState
        title="Nothing fits these filters"
        purpose="There are records of this type, with another status or in another department."
        action={<Button onClick={() => navigate({ screen: "list", type })}>Show them all</Button>}
      />
    );
  }
  return (
    <EmptyState
      icon={typeIcon(type)}
      title={`No ${(known?.plural ?? type).toLowerCase()} yet`}
      purpose={known?.purpose ?? "A newer version of Guildhall knows what belongs here."}
      action={
        type === "playbook" || type === "lesson" ? (
          <RouteLink to={{ screen: "import" }} className={buttonClass("primary")}>
            Import a folder of Markdown
          </RouteLink>
        ) : (
          <RouteLink to={{ screen: "new", type }} className={buttonClass("primary")}>
            {`New ${(known?.label ?? type).toLowerCase()}`}
          </RouteLink>
        )
      }
    />
  );
}

function countOf(type: string, total: number, filtered: boolean): string {
  const count = total.toLocaleString();
  if (filtered) return `${count} with these filters`;
  const known = recordTypeOf(type);
  const words = total === 1 ? known?.label : known?.plural;
  return `${count} ${words?.toLowerCase() ?? (total === 1 ? "record" : "records")}`;
}
