/** Several ports over one. */
import { expect, test } from "vitest";
import { splitPort } from "#hosts/lanes.ts";
import type { Port } from "#shared/rpc/port.ts";

test("messages stay in their lanes, and strangers' messages are dropped", () => {
  const posted: unknown[] = [];
  let deliver: (message: unknown) => void = () => {};
  const port: Port = {
    post: (message) => void posted.push(message),
    listen: (onMessage) => {
      deliver = onMessage;
    },
  };
  const lanes = splitPort(port);
  const heard: unknown[] = [];
  lanes.lane("a").listen((message) => heard.push(["a", message]));
  lanes.lane("b").listen((message) => heard.push(["b", message]));
  lanes.lane("a").post("one");
  for (const lane of ["a", "b", "c"]) deliver({ lane, message: lane });
  deliver("no parcel");
  deliver({ lane: "a", message: 1, more: 2 });
  lanes.drop("b");
  deliver({ lane: "b", message: "late" });
  expect(posted).toEqual([{ lane: "a", message: "one" }]);
  expect(heard).toEqual([
    ["a", "a"],
    ["b", "b"],
  ]);
});
