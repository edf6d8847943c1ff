/** The whole window: what surrounds every screen, and whether there is a workspace to show. */
import { CSPProvider } from "@base-ui/react/csp-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, type ReactElement, type ReactNode, Suspense } from "react";
import { queryClient, useAsk, useConnection } from "#renderer/platform/api.ts";
import { useAppearance } from "#renderer/platform/appearance.ts";
import { nonce } from "#renderer/platform/csp.ts";
import { Announcer } from "#renderer/ui/announce.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { Toasts } from "#renderer/ui/toast.tsx";
import { Frame } from "./frame.tsx";
import { Rebuilding } from "./rebuilding.tsx";

const JoinLibrary = lazy(async () => {
  const { JoinLibrary } = await import("#renderer/features/share/join-library.tsx");
  return { default: JoinLibrary };
});

const RecoverLibrary = lazy(async () => {
  const { RecoverLibrary } = await import("#renderer/features/share/recover-library.tsx");
  return { default: RecoverLibrary };
});

const WelcomeScreen = lazy(async () => {
  const { WelcomeScreen } = await import("#renderer/features/welcome/welcome-screen.tsx");
  return { default: WelcomeScreen };
});

type AppProps = {
  /** Stands in place of the screen after a crash, until the person goes elsewhere. */
  readonly crash?: ReactNode;
};

/** The app. */
export function App({ crash }: AppProps): ReactElement {
  return (
    <CSPProvider {...(nonce === undefined ? {} : { nonce })}>
      <QueryClientProvider client={queryClient}>
        <Tooltip.Provider delay={500} timeout={400}>
          <Gate crash={crash} />
          <Toasts />
          <Announcer />
        </Tooltip.Provider>
      </QueryClientProvider>
    </CSPProvider>
  );
}

/** Shows nothing for the moment in which it is not known what to show: a flash would be a lie. */
function Gate({ crash }: AppProps) {
  const connection = useConnection();
  const state = useAsk("workspace", "state", {});
  const settings = useAsk("workspace", "settings", {});
  useAppearance(settings.data);
  if (state.data !== undefined && !settings.isPending) {
    if (state.data.state === "ready") return <Frame crash={crash} />;
    if (state.data.state === "rebuilding") return <Rebuilding />;
    const newcomer = { keyStore: state.data.keyStoreAvailable };
    return (
      <Suspense>
        <WelcomeScreen
          state={state.data}
          coming={{
            join: <JoinLibrary newcomer={newcomer} />,
            recover: <RecoverLibrary newcomer={newcomer} />,
          }}
        />
      </Suspense>
    );
  }
  if (state.error === null) return null;
  return (
    <main>
      <title>Guildhall</title>
      <EmptyState
        title="Guildhall cannot open your workspace"
        purpose={connection.sentence || state.error.message}
        action={
          <Button variant="primary" onClick={() => void state.refetch()}>
            Try again
          </Button>
        }
      />
    </main>
  );
}
