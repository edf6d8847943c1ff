/** Shows a screen as the frame does: with the query cache, the messages, and the address in charge. */
import { QueryClientProvider } from "@tanstack/react-query";
import { render, type RenderResult } from "@testing-library/react";
import type { ReactElement } from "react";
import { queryClient } from "#renderer/platform/api.ts";
import { navigate, useRoute } from "#renderer/platform/navigation.tsx";
import { Toasts } from "#renderer/ui/toast.tsx";
import type { Route } from "#shared/navigation/route.ts";

/** Renders `show` for the route at `at`, and again whenever the screen navigates. */
export function renderScreen(at: Route, show: (route: Route) => ReactElement): RenderResult {
  queryClient.clear();
  navigate(at, { replace: true });
  return render(
    <QueryClientProvider client={queryClient}>
      <Routed show={show} />
      <Toasts />
    </QueryClientProvider>,
  );
}

function Routed({ show }: { readonly show: (route: Route) => ReactElement }): ReactElement {
  return show(useRoute());
}
