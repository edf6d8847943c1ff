/** One entry of the vocabulary: its words, whether search uses it, and what can be done with it. */
import { Pencil, Trash2 } from "lucide-react";
import type { ReactElement } from "react";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Badge } from "#renderer/ui/badge.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { classNames } from "#renderer/ui/class-names.ts";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import type { VocabularyEntry } from "#shared/contract/search.ts";
import { isSwitch, othersOf } from "./term-words.ts";
import type { Terms } from "./use-terms.ts";
import styles from "./vocabulary.module.css";

type TermRowProps = {
  readonly entry: VocabularyEntry;
  /** Of what is no term itself, the term of the workspace that stands in its place. */
  readonly instead: VocabularyEntry | undefined;
  /** Undefined for whoever may only read. */
  readonly keeper: (Terms & { readonly onChange: (entry: VocabularyEntry) => void }) | undefined;
};

/** A list item. */
export function TermRow({ entry, instead, keeper }: TermRowProps): ReactElement {
  const { name, from, term, inForce, records } = entry;
  const others = othersOf(entry);
  return (
    <li className={classNames(styles.term, !inForce && styles.off)}>
      <div className={styles.words} dir="auto">
        {from === "workspace" && term !== null ? (
          <RouteLink to={{ screen: "record", id: term }} className={styles.name}>
            {name}
          </RouteLink>
        ) : (
          <span className={styles.name}>{name}</span>
        )}
        {others.length > 0 && <span>{others.join(", ")}</span>}
        {records > 0 && (
          <span className={styles.quiet}>
            explained in {records === 1 ? "one record" : `${records.toLocaleString()} records`}
          </span>
        )}
      </div>
      <div className={styles.deeds}>
        {!inForce && <Badge>{instead?.inForce === true ? "Yours is used" : "Switched off"}</Badge>}
        {keeper !== undefined && (instead === undefined || isSwitch(instead)) && (
          <Deeds entry={entry} keeper={keeper} />
        )}
      </div>
    </li>
  );
}

type DeedsProps = {
  readonly entry: VocabularyEntry;
  readonly keeper: NonNullable<TermRowProps["keeper"]>;
};

function Deeds({ entry, keeper }: DeedsProps): ReactElement {
  const { name, from, inForce } = entry;
  return (
    <>
      {(inForce || from === "workspace") && (
        <IconButton
          icon={Pencil}
          size="small"
          label={`Change ${name}`}
          onClick={() => keeper.onChange(entry)}
        />
      )}
      {from === "workspace" && (
        <IconButton
          icon={Trash2}
          size="small"
          label={`Remove ${name}`}
          onClick={() => keeper.remove(entry)}
        />
      )}
      <Button
        size="small"
        variant="quiet"
        disabled={keeper.busy}
        aria-label={inForce ? `Switch off ${name}` : `Use again: ${name}`}
        onClick={() => (inForce ? keeper.switchOff(entry) : keeper.switchOn(entry))}
      >
        {inForce ? "Switch off" : "Use again"}
      </Button>
    </>
  );
}
