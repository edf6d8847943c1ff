/** Settings: how it looks, its keys, who I am here, and whether what is stored is whole. */
import type { ReactElement } from "react";
import { navigate, type RouteOf } from "#renderer/platform/navigation.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";
import { Tabs } from "#renderer/ui/tabs.tsx";
import { Appearance } from "./appearance.tsx";
import { Device } from "./device.tsx";
import styles from "./settings.module.css";
import { SharingEntry } from "./sharing-entry.tsx";
import { Shortcuts } from "./shortcuts.tsx";
import { WorkspaceHealth } from "./workspace-health.tsx";

const sections = [
  { value: "appearance", label: "Appearance" },
  { value: "shortcuts", label: "Shortcuts" },
  { value: "device", label: "You and this device" },
  { value: "workspace", label: "Workspace" },
  { value: "sharing", label: "Sharing" },
] as const;

/** One section at a time; the address names it. */
export function SettingsScreen({ route }: { readonly route: RouteOf<"settings"> }): ReactElement {
  const section = sections.find(({ value }) => value === route.section)?.value ?? "appearance";
  return (
    <Page title="Settings" width="reading">
      <PageHeader title="Settings" />
      <Tabs
        label="Settings"
        value={section}
        tabs={sections}
        onChange={(next) => navigate({ screen: "settings", section: next }, { replace: true })}
      >
        <div className={styles.section}>
          {section === "appearance" && <Appearance />}
          {section === "shortcuts" && <Shortcuts />}
          {section === "device" && <Device />}
          {section === "workspace" && <WorkspaceHealth />}
          {section === "sharing" && <SharingEntry />}
        </div>
      </Tabs>
    </Page>
  );
}
