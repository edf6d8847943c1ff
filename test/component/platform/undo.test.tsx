import { fakeEngine } from "#test/support/fake-engine.ts";
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { showDone, undoLast } from "#renderer/platform/undo.ts";
import { Toasts } from "#renderer/ui/toast.tsx";
import { idOf } from "#test/support/record-views.ts";

Object.assign(Element.prototype, { getAnimations: () => [] });

afterEach(cleanup);

test("a message whose action was taken back by keyboard goes, so that nobody takes it back twice", async () => {
  fakeEngine({ records: { undo: () => ({ undone: 1, kept: 0, action: idOf(8) }) } });
  render(<Toasts />);
  showDone("Moved to the trash.", idOf(7));
  await screen.findByText("Moved to the trash.");
  await undoLast();
  await screen.findByText("Undone: 1 record.");
  await waitFor(() => expect(screen.queryByText("Moved to the trash.")).toBeNull());
});
