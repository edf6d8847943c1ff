/**
 * An engine's process without a database, for runtimes that cannot load one: it speaks to its parent
 * and to windows exactly as the real one does, and answers every request with the request.
 */
import { connectToParent } from "#hosts/parent-port.ts";
import { splitPort } from "#hosts/lanes.ts";
import { servePort } from "#shared/rpc/port.ts";

const parent = connectToParent();
if (parent === undefined) throw new Error("Nobody started this process to be spoken to.");

servePort(splitPort(parent.port).lane("engine"), async (request) => ({
  id: 1,
  ok: true,
  value: { over: "control", request },
}));
parent.onWindowPort(({ port, onClose }) => {
  const announce = servePort(port, async (request) => ({
    id: 1,
    ok: true,
    value: { over: "window", request },
  }));
  announce("window.opened", {});
  onClose(() => {
    splitPort(parent.port).lane("engine").post({ event: "window.closed", payload: {} });
  });
});
