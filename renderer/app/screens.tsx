/** Which component shows which route. A screen's code loads when it is first needed. */
import { type ReactElement, type ReactNode, Suspense } from "react";
import type { Route } from "#shared/navigation/route.ts";
import type { RouteOf } from "#renderer/platform/navigation.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { lateScreen } from "./late-screen.tsx";
import styles from "./screens.module.css";

type Props<S extends Route["screen"]> = { readonly route: RouteOf<S> };

const screens = {
  home: lateScreen<Props<"home">>(async () => {
    const { HomeScreen } = await import("#renderer/features/home/home-screen.tsx");
    return HomeScreen;
  }),
  list: lateScreen<Props<"list">>(async () => {
    const { ListScreen } = await import("#renderer/features/lists/list-screen.tsx");
    return ListScreen;
  }),
  vocabulary: lateScreen<Props<"list">>(async () => {
    const { VocabularyScreen } =
      await import("#renderer/features/vocabulary/vocabulary-screen.tsx");
    return VocabularyScreen;
  }),
  trash: lateScreen<Props<"trash">>(async () => {
    const { TrashScreen } = await import("#renderer/features/lists/trash-screen.tsx");
    return TrashScreen;
  }),
  settings: lateScreen<Props<"settings">>(async () => {
    const { SettingsScreen } = await import("#renderer/features/settings/settings-screen.tsx");
    return SettingsScreen;
  }),
  record: lateScreen<Props<"record">>(async () => {
    const { RecordScreen } = await import("#renderer/features/read/record-screen.tsx");
    return RecordScreen;
  }),
  search: lateScreen<Props<"search">>(async () => {
    const { SearchScreen } = await import("#renderer/features/find/search-screen.tsx");
    return SearchScreen;
  }),
  import: lateScreen<Props<"import">>(async () => {
    const { ImportScreen } = await import("#renderer/features/transfer/import-screen.tsx");
    return ImportScreen;
  }),
  export: lateScreen<Props<"export">>(async () => {
    const { ExportScreen } = await import("#renderer/features/transfer/export-screen.tsx");
    return ExportScreen;
  }),
  publish: lateScreen<Props<"publish">>(async () => {
    const { PublishScreen } = await import("#renderer/features/publish/publish-screen.tsx");
    return PublishScreen;
  }),
  edit: lateScreen<Props<"edit">>(async () => {
    const { EditScreen } = await import("#renderer/features/write/edit-screen.tsx");
    return EditScreen;
  }),
  new: lateScreen<Props<"new">>(async () => {
    const { NewScreen } = await import("#renderer/features/write/edit-screen.tsx");
    return NewScreen;
  }),
  history: lateScreen<Props<"history">>(async () => {
    const { HistoryScreen } = await import("#renderer/features/history/history-screen.tsx");
    return HistoryScreen;
  }),
  drafts: lateScreen<Props<"drafts">>(async () => {
    const { DraftsScreen } = await import("#renderer/features/drafts/drafts-screen.tsx");
    return DraftsScreen;
  }),
  share: lateScreen<Props<"share">>(async () => {
    const { ShareScreen } = await import("#renderer/features/share/share-screen.tsx");
    return ShareScreen;
  }),
  members: lateScreen<Props<"members">>(async () => {
    const { MembersScreen } = await import("#renderer/features/people/members-screen.tsx");
    return MembersScreen;
  }),
  folder: lateScreen<Props<"folder">>(async () => {
    const { FolderScreen } = await import("#renderer/features/folder-health/folder-screen.tsx");
    return FolderScreen;
  }),
  conflicts: lateScreen<Props<"conflicts">>(async () => {
    const { ConflictsScreen } = await import("#renderer/features/conflicts/conflicts-screen.tsx");
    return ConflictsScreen;
  }),
  merge: lateScreen<Props<"merge">>(async () => {
    const { MergeScreen } = await import("#renderer/features/conflicts/merge-screen.tsx");
    return MergeScreen;
  }),
};

/** Fetches the code of a route's screen ahead. */
export function loadScreen(screen: Route["screen"]): Promise<unknown> {
  return screens[screen].load();
}

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
      return <screens.home.Screen route={route} />;
    case "list":
      // More is known of the search vocabulary than its records: what comes along, and acronyms.
      if (route.type === "vocabulary_term") return <screens.vocabulary.Screen route={route} />;
      return <screens.list.Screen key={route.type} route={route} />;
    case "trash":
      return <screens.trash.Screen route={route} />;
    case "settings":
      return <screens.settings.Screen route={route} />;
    case "record":
      return <screens.record.Screen key={route.id} route={route} />;
    case "search":
      return <screens.search.Screen route={route} />;
    case "import":
      return <screens.import.Screen route={route} />;
    case "export":
      return <screens.export.Screen route={route} />;
    case "publish":
      return <screens.publish.Screen route={route} />;
    case "edit":
      return <screens.edit.Screen key={route.id} route={route} />;
    case "new":
      return <screens.new.Screen key={route.type} route={route} />;
    case "history":
      return <screens.history.Screen key={route.id} route={route} />;
    case "drafts":
      return <screens.drafts.Screen route={route} />;
    case "share":
      return <screens.share.Screen route={route} />;
    case "members":
      return <screens.members.Screen route={route} />;
    case "folder":
      return <screens.folder.Screen route={route} />;
    case "conflicts":
      return <screens.conflicts.Screen route={route} />;
    case "merge":
      return <screens.merge.Screen key={`${route.id} ${route.path}`} route={route} />;
  }
}
