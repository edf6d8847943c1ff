/** What has to hold at every quiet point, I1 to I10; each check answers what is wrong in sentences. */
import { createHash } from "node:crypto";
import { parseName } from "#shared/format/names.ts";
import { secret } from "./deeds.ts";
import type { Device } from "./device.ts";
import { forgedTitle } from "./misfortunes.ts";
import { differences, headsOf, logOf, type Seen, shownDigests, writerOf } from "./observe.ts";
import type { Quiet } from "./quiet.ts";
import type { World } from "./world.ts";

/** Everything that is wrong now; `held` is what somebody held before the rest who never forgot anything. */
export async function violations(
  world: World,
  quiet: Quiet,
  held: ReadonlyMap<Device, ReadonlySet<string>>,
): Promise<readonly string[]> {
  const members = quiet.members.map(({ device }) => device);
  const found = [
    ...sameEverywhere(quiet),
    ...nothingLost(quiet, held),
    ...nothingForged(world),
    ...laterWritesWin(world, members),
    ...onlyOwnFiles(world),
    ...nothingOfDrafts(world),
    ...quiet.passedBy.map((one) => `I10: ${one}`),
  ];
  // The check is long; what all show is the same, so that one of them speaks for the others.
  const checked = members[world.seed % Math.max(1, members.length)];
  if (checked !== undefined) found.push(...(await isSound(checked)));
  if (found.length === 0) found.push(...(await littleWork(world, members)));
  return found;
}

/** I1: all members show the same, to the last cell. */
function sameEverywhere({ members, agree, rounds }: Quiet): readonly string[] {
  const [first, ...others] = members;
  if (first === undefined) return [];
  const found = agree ? [] : [`I1: their logs differ after ${rounds} rounds: ${sizes(members)}`];
  const shown = JSON.stringify(shownDigests(first));
  for (const other of others) {
    if (JSON.stringify(shownDigests(other)) === shown) continue;
    found.push(`I1: ${differences(first, other).slice(0, 4).join("\n    ").slice(0, 3000)}`);
  }
  return found;
}

function sizes(members: readonly Seen[]): string {
  const all = new Set(members.flatMap(({ device }) => [...logOf(device)]));
  return members
    .map(({ device }) => {
      const log = logOf(device);
      const lacks = [...all].filter((change) => !log.has(change)).slice(0, 3);
      return `${device.name} has ${log.size}${lacks.length > 0 ? ` and lacks ${lacks.join(", ")}` : ""}`;
    })
    .join("; ");
}

/** I2: what a member held that never forgot anything, everybody holds who knows its device. */
function nothingLost(
  { members }: Quiet,
  held: ReadonlyMap<Device, ReadonlySet<string>>,
): readonly string[] {
  const must = members.flatMap(({ device }) => [...(held.get(device) ?? [])]);
  return members.flatMap(({ device, admitted }) => {
    const log = logOf(device);
    const lost = must.filter((change) => !log.has(change) && admitted.has(writerOf(change)));
    return lost.length > 0 ? [`I2: ${device.name} lacks ${[...new Set(lost)].join(", ")}`] : [];
  });
}

/** I3: nothing that its device did not sign is in any log. */
function nothingForged(world: World): readonly string[] {
  return world.devices.flatMap((device) => {
    const rows = device.look((db) =>
      db
        .prepare("SELECT count(*) FROM change_log WHERE body LIKE ?")
        .pluck()
        .get(`%${forgedTitle}%`),
    );
    return rows === 0 ? [] : [`I3: ${device.name} took ${String(rows)} forged changes`];
  });
}

/** I4: a value that somebody saw and wrote over is nowhere a value any more. */
function laterWritesWin(world: World, members: readonly Device[]): readonly string[] {
  const [device] = members;
  if (device === undefined) return [];
  const log = logOf(device);
  const refused = device.look((db) =>
    db.prepare<[], string>("SELECT change_id FROM refusal").pluck().all(),
  );
  return world.overwritings.flatMap(({ record, field, seen, change }) => {
    if (!log.has(change)) return [];
    const place = change.slice(0, change.lastIndexOf("-"));
    if (refused.some((id) => id.startsWith(`${place}-`))) return [];
    const heads = device.look((db) => headsOf(db, record, field));
    const back = heads.filter((head) => seen.includes(head));
    return back.map(
      (head) => `I4: ${field} of ${record} is as ${head} says, but ${change} replaced it`,
    );
  });
}

/**
 * I5 and I6: no device removes what another one wrote, and nobody ever puts other bytes under a name
 * than those that it says. A person may do both; that is not among the deeds of devices.
 */
function onlyOwnFiles({ carrier, devices }: World): readonly string[] {
  const identity = new Map(
    devices.map((device) => [
      device.name,
      device.look((db) => db.prepare<[], string>("SELECT device FROM workspace").pluck().get()),
    ]),
  );
  const found: string[] = [];
  for (const { device, deed, path, bytes } of carrier.deeds) {
    const name = parseName(path);
    if (name === undefined) continue;
    if (deed === "remove") {
      const own = "device" in name && name.device === identity.get(device);
      // A relay is a copy that its writer may take away again.
      if (!own && name.kind !== "relay") found.push(`I5: ${device} removed ${path}`);
    } else if (bytes !== undefined && "hash" in name) {
      const hash = createHash("sha256").update(bytes).digest("hex");
      if (!hash.startsWith(name.hash) && deed === "rename") {
        found.push(`I6: ${device} put other bytes under ${path}`);
      }
    }
  }
  return found;
}

/** I7: the file is sound, the log proves itself, and everything shown follows from it. */
async function isSound(device: Device): Promise<readonly string[]> {
  const started = await device.ask((app) => app.health.check({}));
  if (started.kind !== "done") return [`I7: ${device.name} could not be checked: ${started.kind}`];
  for (;;) {
    const answer = await device.ask((app) => app.jobs.get({ id: started.value.job }));
    if (answer.kind !== "done") return [`I7: ${device.name} could not be checked`];
    const job = answer.value;
    if (job.state === "running") {
      await new Promise((resolve) => setImmediate(resolve));
      continue;
    }
    const report = await device.ask((app) => app.jobs.result({ id: job.id }));
    const result = JSON.stringify(report.kind === "done" ? report.value : job.failure);
    const ok = job.state === "done" && result.includes('"ok":true');
    // That a backup was put back is the truth, and the check says it.
    const told =
      device.wasReset && /"problems":\[(?:,?"[^"]*once reached change[^"]*")+\]/u.test(result);
    return ok || told ? [] : [`I7: ${device.name}: ${result.slice(0, 2000)}`];
  }
}

/** I8: what somebody keeps for themselves is in nobody's log. */
function nothingOfDrafts(world: World): readonly string[] {
  return world.devices.flatMap((device) => {
    const rows = device.look((db) =>
      db.prepare("SELECT count(*) FROM change_log WHERE body LIKE ?").pluck().get(`%${secret}%`),
    );
    return rows === 0 ? [] : [`I8: a draft is in the log of ${device.name}`];
  });
}

/** I9: a look at what is known opens nothing but what failed before and is due again. */
async function littleWork(world: World, members: readonly Device[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (let round = 0; round < 2; round += 1) {
    for (const device of members) {
      world.carrier.advance(5000);
      const refused = device.look((db) =>
        db
          .prepare<[], number>("SELECT count(*) FROM folder_file WHERE outcome <> 'read'")
          .pluck()
          .get(),
      );
      const answer = await device.ask((app) => app.sharing.sync({}));
      if (answer.kind !== "done") continue;
      const { filesOpened } = answer.value;
      if (round > 0 && filesOpened > 12 + (refused ?? 0)) {
        found.push(
          `I9: ${device.name} opened ${filesOpened} files with ${String(refused)} set aside`,
        );
      }
    }
  }
  return found;
}
