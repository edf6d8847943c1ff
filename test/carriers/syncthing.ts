/**
 * A sync client: two instances of Syncthing, each with a key and a folder of its own, that know of
 * each other by address and of nobody else: nothing is announced, relayed, reported or updated.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { findProgram } from "#build/system-packages.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { freePort, startDaemon, until } from "./daemon.ts";
import type { Meeting } from "./meeting.ts";

/** Why Syncthing cannot be run on this machine; undefined when it can. */
export function syncthingMissing(): string | undefined {
  return findProgram("syncthing") === undefined ? "not installed: syncthing" : undefined;
}

type Instance = {
  readonly home: string;
  readonly id: string;
  readonly place: string;
  /** Where the other instance reaches it, and where it is asked things. */
  readonly port: number;
  readonly askPort: number;
};

/** Starts both instances and waits until they are connected. */
export async function startSyncthing(): Promise<Meeting> {
  const base = temporaryFolder();
  const ana = await prepare(path.join(base.path, "ana"));
  const ben = await prepare(path.join(base.path, "ben"));
  const daemons = [start(ana, ben), start(ben, ana)];
  const end = async () => {
    await Promise.all(daemons.map((daemon) => daemon.end()));
    base[Symbol.dispose]();
  };
  try {
    await until("the two instances are connected", async () => {
      for (const daemon of daemons) daemon.check();
      return (await isConnected(ana, ben)) && (await isConnected(ben, ana));
    });
  } catch (error) {
    await end();
    throw error;
  }
  return {
    places: [ana.place, ben.place],
    settled: () => settle(ana, ben),
    [Symbol.asyncDispose]: end,
  };
}

const key = "guildhall-test";

async function prepare(home: string): Promise<Instance> {
  const place = path.join(home, "library");
  mkdirSync(place, { recursive: true });
  spawnSync("syncthing", [
    "generate",
    `--home=${home}`,
    "--no-default-folder",
    "--skip-port-probing",
  ]);
  const config = readFileSync(path.join(home, "config.xml"), "utf8");
  const id = /<device id="(?<id>[A-Z0-9-]{63})"/u.exec(config)?.groups?.id;
  if (id === undefined) throw new Error("Syncthing made no key");
  return { home, id, place, port: await freePort(), askPort: await freePort() };
}

function start(own: Instance, other: Instance) {
  writeFileSync(path.join(own.home, "config.xml"), configOf(own, other));
  const args = ["serve", `--home=${own.home}`, "--no-browser", "--no-restart", "--no-upgrade"];
  return startDaemon("syncthing", [...args, "--logflags=0"], { STNOUPGRADE: "1", HOME: own.home });
}

function configOf(own: Instance, other: Instance): string {
  const device = ({ id, port }: Instance) =>
    `<device id="${id}" name="${id.slice(0, 7)}"><address>tcp://127.0.0.1:${port}</address></device>`;
  const off = [
    "globalAnnounceEnabled",
    "localAnnounceEnabled",
    "relaysEnabled",
    "natEnabled",
    "startBrowser",
    "crashReportingEnabled",
    "announceLANAddresses",
  ];
  return `<configuration version="36">
    <folder id="library" label="library" path="${own.place}" type="sendreceive"
      rescanIntervalS="60" fsWatcherEnabled="true" fsWatcherDelayS="1" ignorePerms="true">
      <device id="${own.id}"></device><device id="${other.id}"></device>
      <minDiskFree unit="%">0</minDiskFree>
      <maxConflicts>10</maxConflicts>
    </folder>
    ${device(own)}${device(other)}
    <gui enabled="true" tls="false">
      <address>127.0.0.1:${own.askPort}</address><apikey>${key}</apikey>
    </gui>
    <options>
      <listenAddress>tcp://127.0.0.1:${own.port}</listenAddress>
      ${off.map((name) => `<${name}>false</${name}>`).join("")}
      <reconnectionIntervalS>1</reconnectionIntervalS>
      <urAccepted>-1</urAccepted>
      <autoUpgradeIntervalH>0</autoUpgradeIntervalH>
      <stunServer>127.0.0.1:9</stunServer><stunKeepaliveStartS>0</stunKeepaliveStartS>
      <minHomeDiskFree unit="%">0</minHomeDiskFree>
      <setLowPriority>false</setLowPriority>
    </options>
  </configuration>`;
}

async function ask<T>(instance: Instance, question: string, shape: z.ZodType<T>): Promise<T> {
  const address = `http://127.0.0.1:${instance.askPort}/rest/${question}`;
  const answer = await fetch(address, { headers: { "X-API-Key": key } });
  return shape.parse(await answer.json());
}

async function tell(instance: Instance, order: string): Promise<void> {
  const address = `http://127.0.0.1:${instance.askPort}/rest/${order}`;
  await fetch(address, { method: "POST", headers: { "X-API-Key": key } });
}

const connections = z.object({
  connections: z.record(z.string(), z.object({ connected: z.boolean() })),
});

async function isConnected(own: Instance, other: Instance): Promise<boolean> {
  try {
    const known = await ask(own, "system/connections", connections);
    return known.connections[other.id]?.connected === true;
  } catch {
    // It does not listen yet.
    return false;
  }
}

const status = z.object({
  state: z.string(),
  needTotalItems: z.number(),
  needDeletes: z.number(),
  globalFiles: z.number(),
  globalBytes: z.number(),
  localFiles: z.number(),
});
const completion = z.object({
  completion: z.number(),
  needItems: z.number(),
  needDeletes: z.number(),
});

/** Both have looked at their disks, and neither needs anything that the other has. */
async function settle(ana: Instance, ben: Instance): Promise<void> {
  // A scan answers when it is done; then what it found is on its way.
  await Promise.all([tell(ana, "db/scan?folder=library"), tell(ben, "db/scan?folder=library")]);
  await until("both instances have the same", async () => {
    const here = await ask(ana, "db/status?folder=library", status);
    const there = await ask(ben, "db/status?folder=library", status);
    const idle = [here, there].every(
      ({ state, needTotalItems }) => state === "idle" && needTotalItems === 0,
    );
    if (!idle || here.globalFiles !== there.globalFiles) return false;
    if (here.globalBytes !== there.globalBytes || here.localFiles !== there.localFiles)
      return false;
    const views = await Promise.all([
      ask(ana, `db/completion?folder=library&device=${ben.id}`, completion),
      ask(ben, `db/completion?folder=library&device=${ana.id}`, completion),
    ]);
    return views.every((view) => view.needItems === 0 && view.needDeletes === 0);
  });
}
