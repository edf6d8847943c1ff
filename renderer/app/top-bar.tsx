/** The bar over the screen: going back, searching from anywhere, what is going on, and new records. */
import { ArrowLeft, ArrowRight, Menu as MenuIcon, Plus } from "lucide-react";
import type { ReactElement } from "react";
import { type RecordTypeName, recordTypeNames } from "#shared/domain/record-type-name.ts";
import { recordTypes } from "#shared/domain/record-types.ts";
import { host } from "#renderer/platform/host.ts";
import { navigate } from "#renderer/platform/navigation.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Kbd } from "#renderer/ui/kbd.tsx";
import { Menu, type MenuItem } from "#renderer/ui/menu.tsx";
import { typeIcon } from "#renderer/ui/type-icon.tsx";
import { JobsIndicator } from "./jobs-indicator.tsx";
import { SearchField } from "./search-field.tsx";
import { SharingStatus } from "./sharing-status.tsx";
import styles from "./top-bar.module.css";

type TopBarProps = {
  readonly onOpenNavigation: () => void;
  readonly onOpenSwitcher: () => void;
};

/** The top bar. */
export function TopBar({ onOpenNavigation, onOpenSwitcher }: TopBarProps): ReactElement {
  return (
    <header className={styles.bar}>
      <div className={styles.start}>
        <IconButton
          className={styles.menu ?? ""}
          icon={MenuIcon}
          label="Open the navigation"
          onClick={onOpenNavigation}
        />
        {host.kind === "electron" && (
          <>
            <IconButton icon={ArrowLeft} label="Back" onClick={() => window.history.back()} />
            <IconButton
              icon={ArrowRight}
              label="Forward"
              onClick={() => window.history.forward()}
            />
          </>
        )}
      </div>
      <div className={styles.middle}>
        <SearchField />
      </div>
      <div className={styles.end}>
        <JobsIndicator />
        <SharingStatus />
        <Button variant="quiet" className={styles.switcher} onClick={onOpenSwitcher}>
          Go to
          <Kbd keys="Mod+K" />
        </Button>
        <Menu trigger={<Button icon={Plus}>New</Button>} items={newItems} />
      </div>
    </header>
  );
}

/** What is written most, apart from the rest and in the sidebar's order. */
const knowledge = ["playbook", "lesson", "request"] as const;

const newItems: readonly MenuItem[] = [
  ...knowledge.map(newItem),
  "separator",
  ...recordTypeNames.filter((type) => !knowledge.some((one) => one === type)).map(newItem),
];

function newItem(type: RecordTypeName): MenuItem {
  return {
    label: recordTypes[type].label,
    icon: typeIcon(type),
    onSelect: () => navigate({ screen: "new", type }),
  };
}
