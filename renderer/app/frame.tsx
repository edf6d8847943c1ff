/** The frame around every screen: navigation, search, what is going on, and the screen itself. */
import { type ReactElement, type ReactNode, useState } from "react";
import type { Route } from "#shared/navigation/route.ts";
import { useAsk } from "#renderer/platform/api.ts";
import { currentRoute, useRoute, useRouteValue } from "#renderer/platform/navigation.tsx";
import { ShortcutSheet } from "#renderer/features/shortcuts/shortcut-sheet.tsx";
import { Switcher } from "#renderer/features/switcher/switcher.tsx";
import { EngineBanner } from "./engine-banner.tsx";
import { type Overlay, useFrameCommands } from "./frame-commands.ts";
import styles from "./frame.module.css";
import { ReadOnlyBanner } from "./read-only-banner.tsx";
import { NavigationDrawer } from "./navigation-drawer.tsx";
import { Screen } from "./screens.tsx";
import { Sidebar } from "./sidebar.tsx";
import { TopBar } from "./top-bar.tsx";
import { useFocusAfterNavigation } from "./use-focus-after-navigation.ts";
import { useHostNotices } from "./use-host-notices.ts";
import { useShortcuts } from "./use-shortcuts.ts";

/** The frame; `crash` stands in place of the screen that broke until the person goes elsewhere. */
export function Frame({ crash }: { readonly crash?: ReactNode }): ReactElement {
  const settings = useAsk("workspace", "settings", {});
  const [overlay, setOverlay] = useState<Overlay>({ kind: "none" });
  // The drawer is open at one place and goes when another is chosen.
  const [drawerAt, setDrawerAt] = useState<Route | null>(null);
  const drawerOpen = useRouteValue((route) => route === drawerAt);
  const close = () => setOverlay({ kind: "none" });

  useShortcuts(settings.data);
  useFrameCommands(setOverlay);
  useHostNotices();

  return (
    <div className={styles.container}>
      <a className={styles.skip} href="#main" onClick={skipToMain}>
        Skip to the page
      </a>
      <div className={styles.frame}>
        <div className={styles.side}>
          <Sidebar />
        </div>
        <div className={styles.column}>
          <TopBar
            onOpenNavigation={() => setDrawerAt(currentRoute())}
            onOpenSwitcher={() => setOverlay({ kind: "switcher", text: "" })}
          />
          <EngineBanner />
          <ReadOnlyBanner />
          <Main crash={crash} />
        </div>
      </div>
      <NavigationDrawer open={drawerOpen} onClose={() => setDrawerAt(null)} />
      <Switcher open={overlay.kind === "switcher"} start={startText(overlay)} onClose={close} />
      <ShortcutSheet open={overlay.kind === "shortcuts"} onClose={close} />
    </div>
  );
}

/** The screen. It alone follows the route: the rest of the frame is not drawn again at every key. */
function Main({ crash }: { readonly crash: ReactNode }) {
  const route = useRoute();
  const [crashedAt] = useState(route);
  useFocusAfterNavigation(route);
  return (
    <main id="main" className={styles.main} tabIndex={-1}>
      {crash !== undefined && crashedAt === route ? crash : <Screen route={route} />}
    </main>
  );
}

function startText(overlay: Overlay): string {
  return overlay.kind === "switcher" ? overlay.text : "";
}

function skipToMain(event: { readonly preventDefault: () => void }): void {
  // The address behind # is the route: the link must not change it.
  event.preventDefault();
  const main = document.querySelector<HTMLElement>("#main");
  (main?.querySelector<HTMLElement>("[data-page-title]") ?? main)?.focus();
}
