/** Starts the window: the appearance before the first paint, then the app in its root. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { connectionState, onConnectionChange, queryClient } from "#renderer/platform/api.ts";
import { recallAppearance } from "#renderer/platform/appearance.ts";
import { host } from "#renderer/platform/host.ts";
import { followEvents } from "#renderer/platform/invalidation.ts";
import { currentRoute } from "#renderer/platform/navigation.tsx";
import { timeFormats } from "#renderer/ui/time.tsx";
import { App } from "./app.tsx";
import { askWhatOpens } from "./ask-ahead.ts";
import { CrashPage } from "./crash-page.tsx";
import { loadScreen } from "./screens.tsx";

// While the engine opens the profile.
const opened = askWhatOpens(currentRoute());
const firstScreen = loadScreen(currentRoute().screen);
// While the answers are on their way.
setTimeout(timeFormats);
// A window's own background is already right, and the first look into what it keeps takes 30 ms.
if (host.kind === "browser") recallAppearance();
followEvents({ queryClient, onConnectionChange, connectionState });
// Screens say their own titles; the first title element in the document is the one that counts.
document.querySelector("head > title")?.remove();

const element = document.querySelector("#root");
if (element === null) throw new Error("index.html has no #root.");

let crashes = 0;
const root = createRoot(element, {
  onUncaughtError: (error) => {
    reportError(error);
    crashes += 1;
    // The frame comes back with a plain page in place of the screen; if the frame itself is what
    // breaks, the plain page stands alone.
    const page = <CrashPage error={error} />;
    queueMicrotask(() => root.render(crashes > 3 ? page : <App key={crashes} crash={page} />));
  },
});
void Promise.allSettled([opened, firstScreen]).then(() =>
  root.render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);

// Where most people go from there is fetched when the first screen stands and there is nothing else
// to do. A page is idle, too, while it waits for what it shall show.
const likely = ["search", "record", "list"] as const;
const settled = 1500;
void firstScreen.then(() =>
  setTimeout(() => {
    requestIdleCallback(() => void Promise.all(likely.map(loadScreen)), { timeout: 5000 });
  }, settled),
);
