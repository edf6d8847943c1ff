/** Which component shows which route. Screens load when they are first needed. */
import { type ComponentType, lazy, type ReactElement, type ReactNode, Suspense } from "react";
import type { Route } from "#shared/navigation/route.ts";
import type { RouteOf } from "#renderer/platform/navigation.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import styles from "./screens.module.css";

type ScreenOf<S extends Route["screen"]> = ComponentType<{ readonly route: RouteOf<S> }>;

const HomeScreen: ScreenOf<"home"> = lazy(async () => {
  const { HomeScreen } = await import("#renderer/features/home/home-screen.tsx");
  return { default: HomeScreen };
});
const ListScreen: ScreenOf<"list"> = lazy(async () => {
  const { ListScreen } = await import("#renderer/features/lists/list-screen.tsx");
  return { default: ListScreen };
});
const TrashScreen: ScreenOf<"trash"> = lazy(async () => {
  const { TrashScreen } = await import("#renderer/features/lists/trash-screen.tsx");
  return { default: TrashScreen };
});
const SettingsScreen: ScreenOf<"settings"> = lazy(async () => {
  const { SettingsScreen } = await import("#renderer/features/settings/settings-screen.tsx");
  return { default: SettingsScreen };
});

/** The screen of a route. A route to another record is another screen: nothing carries over. */
export function Screen({ route }: { readonly route: Route }): ReactElement {
  return (
    <Suspense
      fallback={
        <div className={styles.loading}>
          <Skeleton lines={5} />
        </div>
      }
    >
      {screenOf(route)}
    </Suspense>
  );
}

function screenOf(route: Route): ReactNode {
  switch (route.screen) {
    case "home":
      return <HomeScreen route={route} />;
    case "list":
      return <ListScreen key={route.type} route={route} />;
    case "trash":
      return <TrashScreen route={route} />;
    case "settings":
      return <SettingsScreen route={route} />;
    case "record":
    case "edit":
    case "new":
    case "history":
    case "search":
    case "import":
    case "export":
    case "drafts":
      return null;
  }
}
