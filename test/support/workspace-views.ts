/** What the engine would say about the workspace, for tests of screens. */
import type { Output } from "#renderer/platform/api.ts";
import { idOf, mara } from "./record-views.ts";

/** Mara's workspace, open and with its keys, but for what is given. */
export function workspaceState(
  given: Partial<Output<"workspace", "state">> = {},
): Output<"workspace", "state"> {
  return {
    state: "ready",
    writable: true,
    workspace: idOf(100),
    name: "Example",
    sample: false,
    device: null,
    person: { id: mara.id, name: mara.title },
    department: null,
    keyProtection: null,
    keyStoreAvailable: false,
    version: "0.1.0",
    ...given,
  };
}
