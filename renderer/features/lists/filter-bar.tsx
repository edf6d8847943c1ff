/** The filters and the order of a list. Filters stand in the address, so Back takes them off. */
import type { ReactElement } from "react";
import { recordIdSchema } from "#shared/domain/ids.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { useAsk } from "#renderer/platform/api.ts";
import { navigate, type RouteOf } from "#renderer/platform/navigation.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { statusLabel } from "#renderer/ui/status-badge.tsx";
import styles from "./lists.module.css";

export type FilterBarProps = {
  readonly route: RouteOf<"list">;
  readonly sort: "title" | "updated";
  readonly onSort: (sort: "title" | "updated") => void;
};

const orders = [
  { value: "updated", label: "Last changed first" },
  { value: "title", label: "By title" },
] as const;

/** Status and department where the type has them, and the order. */
export function FilterBar({ route, sort, onSort }: FilterBarProps): ReactElement {
  const type = recordTypeOf(route.type);
  const counts = useAsk("records", "counts", {});
  const hasDepartment = type !== undefined && "department_id" in type.fields;
  const departments = useAsk(
    "records",
    "list",
    { type: "department", sort: "title", limit: 500 },
    { enabled: hasDepartment },
  );
  const statuses = counts.data?.types.find((entry) => entry.type === route.type)?.statuses ?? {};
  return (
    <div className={styles.bar}>
      {type?.statuses !== null && type !== undefined && (
        <Select
          className={styles.filter ?? ""}
          label="Status"
          hideLabel
          size="small"
          placeholder="Any status"
          value={route.status ?? ""}
          options={type.statuses.map((status) => ({
            value: status,
            label: `${statusLabel(status)} (${(statuses[status] ?? 0).toLocaleString()})`,
          }))}
          onChange={(status) => navigate({ ...route, status: status || undefined })}
        />
      )}
      {hasDepartment && (
        <Select
          className={styles.filter ?? ""}
          label="Department"
          hideLabel
          size="small"
          placeholder="Any department"
          value={route.department ?? ""}
          options={(departments.data?.records ?? []).map(({ id, title }) => ({
            value: id,
            label: title,
          }))}
          onChange={(id) => navigate({ ...route, department: recordIdSchema.safeParse(id).data })}
        />
      )}
      <span className={styles.grow} />
      <Select
        className={styles.filter ?? ""}
        label="Order"
        hideLabel
        size="small"
        value={sort}
        options={orders}
        onChange={(value) => onSort(value === "title" ? "title" : "updated")}
      />
    </div>
  );
}
