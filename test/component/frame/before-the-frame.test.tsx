/** What stands before or above every screen when not everything can be done. */
import { fakeEngine } from "#test/support/fake-engine.ts";
import { act, cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { ReadOnlyBanner } from "#renderer/app/read-only-banner.tsx";
import { Rebuilding } from "#renderer/app/rebuilding.tsx";
import type { Job } from "#shared/contract/jobs.ts";
import { renderScreen } from "#test/support/render-screen.tsx";
import { workspaceState } from "#test/support/workspace-views.ts";

afterEach(cleanup);

const rebuild: Job = {
  id: "one",
  kind: "rebuild",
  label: "Rebuild",
  state: "running",
  done: 250,
  total: 1000,
  step: "Reading what was written",
  failure: null,
};

test("an update says how far the rebuild is", async () => {
  fakeEngine({ jobs: { list: () => [rebuild] } });
  renderScreen({ screen: "home" }, () => <Rebuilding />);
  const bar = await screen.findByRole("progressbar", { name: "Reading what was written" });
  expect(bar.getAttribute("aria-valuetext")).toBe("250 of 1,000");
  expect(screen.queryByRole("button")).toBeNull();
});

test("a rebuild that failed says why, and can be started again", async () => {
  const failure = "The disk is full, so nothing was written.";
  const engine = fakeEngine({
    jobs: { list: () => [{ ...rebuild, state: "failed", failure }] },
    health: { rebuild: () => ({ job: "two" }) },
  });
  renderScreen({ screen: "home" }, () => <Rebuilding />);
  await screen.findByText(failure);
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(engine.calls("health.rebuild")).toHaveLength(1));
});

test.each([
  [false, 1],
  [true, 0],
])(
  "whether keys are open here (%s) decides whether a banner stands above",
  async (writable, shown) => {
    const engine = fakeEngine({
      workspace: {
        state: () =>
          workspaceState({ workspace: null, person: null, keyProtection: "key_store", writable }),
      },
    });
    renderScreen({ screen: "home" }, () => (
      <>
        <ReadOnlyBanner />
        <p>below</p>
      </>
    ));
    await waitFor(() => expect(engine.calls("workspace.state")).toHaveLength(1));
    await screen.findByText("below");
    await act(async () => {});
    expect(screen.queryAllByText("You can read here, not write")).toHaveLength(shown);
  },
);
