/** Near duplicates: what each is like, and before the import whether it comes in all the same. */
import type { ReactElement } from "react";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import type { ImportReport } from "#shared/contract/transfers.ts";
import styles from "./report-view.module.css";

type Near = ImportReport["nearDuplicates"][number];

/** What the person decided so far. */
export type NearChoices = {
  /** Paths that are to be left out. */
  readonly leftOut: ReadonlySet<string>;
  readonly onChoose: (paths: readonly string[], choice: "import" | "skip") => void;
};

type NearAllProps = { readonly all: readonly Near[]; readonly choices: NearChoices };

/** One box for all of them. */
export function NearAll({ all, choices: { leftOut, onChoose } }: NearAllProps): ReactElement {
  const paths = all.map(({ path }) => path);
  const out = paths.filter((path) => leftOut.has(path)).length;
  return (
    <div className={styles.all}>
      <Checkbox
        label="Import all near duplicates"
        help="Texts that are almost the same as another one. Exact copies are always left out."
        checked={out === 0}
        mixed={out > 0 && out < paths.length}
        onChange={(checked) => onChoose(paths, checked ? "import" : "skip")}
      />
    </div>
  );
}

type NearRowProps = { readonly near: Near | undefined; readonly choices: NearChoices | undefined };

/** One of them, with the way to the record that it is like. */
export function NearRow({ near, choices }: NearRowProps): ReactElement | null {
  if (near === undefined) return null;
  const { path, like, record, score } = near;
  return (
    <div className={styles.row}>
      {choices === undefined ? (
        <span className={styles.path} dir="auto">
          {path}
        </span>
      ) : (
        <Checkbox
          label={path}
          checked={!choices.leftOut.has(path)}
          onChange={(checked) => choices.onChoose([path], checked ? "import" : "skip")}
        />
      )}
      <span className={styles.about} dir="auto">
        {Math.round(score * 100)} % like{" "}
        {record === null ? (
          like
        ) : (
          <RouteLink to={{ screen: "record", id: record }}>{like}</RouteLink>
        )}
      </span>
    </div>
  );
}
