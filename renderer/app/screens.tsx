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

const RecordScreen: ScreenOf<"record"> = lazy(async () => {
  const { RecordScreen } = await import("#renderer/features/read/record-screen.tsx");
  return { default: RecordScreen };
});
const SearchScreen: ScreenOf<"search"> = lazy(async () => {
  const { SearchScreen } = await import("#renderer/features/find/search-screen.tsx");
  return { default: SearchScreen };
});
const ImportScreen: ScreenOf<"import"> = lazy(async () => {
  const { ImportScreen } = await import("#renderer/features/transfer/import-screen.tsx");
  return { default: ImportScreen };
});
const ExportScreen: ScreenOf<"export"> = lazy(async () => {
  const { ExportScreen } = await import("#renderer/features/transfer/export-screen.tsx");
  return { default: ExportScreen };
});

const EditScreen: ScreenOf<"edit"> = lazy(async () => {
  const { EditScreen } = await import("#renderer/features/write/edit-screen.tsx");
  return { default: EditScreen };
});
const NewScreen: ScreenOf<"new"> = lazy(async () => {
  const { NewScreen } = await import("#renderer/features/write/edit-screen.tsx");
  return { default: NewScreen };
});
const HistoryScreen: ScreenOf<"history"> = lazy(async () => {
  const { HistoryScreen } = await import("#renderer/features/history/history-screen.tsx");
  return { default: HistoryScreen };
});
const DraftsScreen: ScreenOf<"drafts"> = lazy(async () => {
  const { DraftsScreen } = await import("#renderer/features/drafts/drafts-screen.tsx");
  return { default: DraftsScreen };
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
      return <RecordScreen key={route.id} route={route} />;
    case "search":
      return <SearchScreen route={route} />;
    case "import":
      return <ImportScreen route={route} />;
    case "export":
      return <ExportScreen route={route} />;
    case "edit":
      return <EditScreen key={route.id} route={route} />;
    case "new":
      return <NewScreen key={route.draft ?? route.type} route={route} />;
    case "history":
      return <HistoryScreen key={route.id} route={route} />;
    case "drafts":
      return <DraftsScreen route={route} />;
  }
}
