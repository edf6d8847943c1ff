/** What the command line says of a folder in trouble and of odd devices, each in its own sentence. */
import { describe, expect, test } from "vitest";
import { problemOf } from "#engine/sync/exchange/folder-problem.ts";
import { devices } from "#hosts/cli/share-commands.ts";
import { sync } from "#hosts/cli/sync-commands.ts";
import type { Session } from "#hosts/cli/session.ts";
import { folderProblemSchema } from "#shared/contract/folder-shapes.ts";
import { RpcFault } from "#shared/rpc/wire.ts";
import { colleague, deviceOf, deviceView, sharingState } from "#test/support/sharing-views.ts";

type Reason = (typeof reasons)[number];
const reasons = folderProblemSchema().shape.reason.options;

/** With these the engine cannot look at all, and refuses. */
const refused: ReadonlySet<Reason> = new Set([
  "missing",
  "empty",
  "other_library",
  "unavailable",
  "denied",
  "slow",
  "damaged",
  "newer_format",
]);

const report = {
  sent: 0,
  received: 0,
  applied: 0,
  waiting: 3,
  quarantined: [],
  filesOpened: 0,
  bytesRead: 0,
  ms: 1,
};

function sessionOver(sharing: object): { readonly session: Session; readonly said: string[] } {
  const said: string[] = [];
  const terminal = {
    err: (text: string) => void said.push(text),
    watched: { out: true, err: true },
    width: 200,
    environment: {},
  };
  return { session: { client: { sharing }, terminal } as unknown as Session, said };
}

describe("sync over a folder that is", () => {
  test.each(reasons)("%s says so, what is safe, and what to do", async (reason) => {
    const problem = problemOf(reason);
    const { session, said } = sessionOver({
      state: () => Promise.resolve(sharingState({ problem })),
      sync: () => {
        if (!refused.has(reason)) return Promise.resolve(report);
        const code = `folder_${reason}`;
        const message = problem.sentence;
        return Promise.reject(new RpcFault({ kind: "expected", code, message, details: {} }));
      },
    });
    const answer = sync(session, { watch: false, full: false, restore: false });
    const sentence = refused.has(reason)
      ? await answer.then(String, (error: unknown) => (error instanceof Error ? error.message : ""))
      : await answer.then(() => said.join(""));
    expect(sentence).toContain(problem.sentence);
    expect(problem.sentence).toMatch(/safe on this device|stays readable/u);
    expect(problem.sentence.split(". ").length).toBeGreaterThanOrEqual(3);
  });
});

test("devices names a clock that is ahead, and two copies that write as one device", async () => {
  const odd = [
    deviceView({ id: deviceOf(3), clockAhead: 365 * 24 * 60 }),
    deviceView({ id: deviceOf(4), forked: true }),
  ];
  const members = () => Promise.resolve([colleague({ devices: odd })]);
  const { session } = sessionOver({ members });
  const text = (await devices(session)).text((_style, words) => words);
  expect(text).toMatch(/3{20} \(.+\): its clock was 365 days ahead/u);
  expect(text).toMatch(/4{20} \(.+\): two copies of Guildhall write as this device/u);
});
