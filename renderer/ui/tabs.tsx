/** Several views of the same thing, one at a time. */
import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactElement, ReactNode } from "react";
import styles from "./tabs.module.css";

export type Tab<V extends string> = {
  readonly value: V;
  readonly label: string;
  readonly count?: number;
};

export type TabsProps<V extends string> = {
  /** Names the row of tabs for screen readers. */
  readonly label: string;
  readonly value: V;
  readonly onChange: (value: V) => void;
  readonly tabs: readonly Tab<V>[];
  /** The panel of the chosen tab. */
  readonly children: ReactNode;
};

/** Tabs with one panel. */
export function Tabs<V extends string>(props: TabsProps<V>): ReactElement {
  const { label, value, onChange, tabs, children } = props;
  return (
    <Base.Root value={value} onValueChange={onChange} className={styles.root}>
      <Base.List className={styles.list} aria-label={label} activateOnFocus>
        {tabs.map((tab) => (
          <Base.Tab key={tab.value} value={tab.value} className={styles.tab}>
            {tab.label}
            {tab.count !== undefined && <span className={styles.count}>{tab.count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      <Base.Panel value={value} className={styles.panel}>
        {children}
      </Base.Panel>
    </Base.Root>
  );
}
