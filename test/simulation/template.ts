/**
 * A library that some people share already, made once for a process and copied for every seed:
 * founding and joining takes longer than most of what is to be simulated.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { everyProtection } from "#engine/sync/pace.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import type { FolderTree } from "#test/support/folder-tree.ts";
import { simulateCarrier } from "#test/support/simulated-folder.ts";
import { type Device, sharedFolder, startDevice } from "./device.ts";

export const people = ["ana", "ben", "cleo", "dan", "eva"] as const;

export type Template = {
  /** Copies of the profiles by device. */
  readonly profiles: ReadonlyMap<string, string>;
  readonly views: ReadonlyMap<string, FolderTree>;
  /** The carrier's time behind it. */
  readonly now: number;
};

/** In memory where that is possible: a simulation proves nothing about disks. */
export const simulationPlace = mkdtempSync(
  path.join(existsSync("/dev/shm") ? "/dev/shm" : os.tmpdir(), "guildhall-simulation-"),
);

process.on("exit", () => rmSync(simulationPlace, { recursive: true, force: true }));

const minute = 60_000;
let made: Promise<Template> | undefined;

/** The library of five people; ana is its steward, ben leads her department. */
export function template(): Promise<Template> {
  return (made ??= make());
}

/** Two more stewards, so that more than one may write anywhere, and a lead; eva stays a member. */
async function giveRoles(ana: Device, department: RecordId | undefined): Promise<void> {
  const answer = await ana.ask(async (app) => {
    const members = await app.sharing.members({});
    for (const { name, person } of members) {
      if (name === "ben" || name === "cleo") await app.sharing.grant({ person, role: "steward" });
      if (name !== "dan" || department === undefined) continue;
      await app.sharing.grant({ person, role: "lead", departments: [department] });
    }
  });
  if (answer.kind !== "done") throw new Error("The roles could not be given.");
}

async function make(): Promise<Template> {
  const carrier = simulateCarrier({ seed: 1, devices: people });
  const devices: Device[] = [];
  const placeOf = (name: string) => path.join(simulationPlace, "template", name);
  for (const [index, name] of people.entries()) {
    const options = { name, seed: 7000 + index, place: placeOf(name), carrier };
    devices.push(await startDevice({ ...options, protections: everyProtection }));
  }
  const [ana, ...others] = devices;
  if (ana === undefined) throw new Error("There is nobody.");
  const done = async <T>(work: ReturnType<typeof ana.ask<T>>): Promise<T> => {
    const answer = await work;
    if (answer.kind === "done") return answer.value;
    throw new Error(`The template could not be made: ${JSON.stringify(answer)}`);
  };
  const started = await done(
    ana.ask(async (app) => {
      await app.workspace.start({ name: "Ana", department: "Support" });
      return app.workspace.state({});
    }),
  );
  const selection = sharedFolder(ana, placeOf("ana"));
  await done(ana.ask((app) => app.sharing.create({ selection })));
  carrier.advance(minute);
  for (const device of others) {
    const { code } = await done(ana.ask((app) => app.sharing.invite({ role: "member" })));
    await done(ana.ask((app) => app.sharing.sync({})));
    carrier.advance(minute);
    const chosen = sharedFolder(device, placeOf(device.name));
    const joining = { selection: chosen, code, name: device.name };
    await done(device.ask((app) => app.sharing.join(joining)));
    for (const one of [device, ana, device, device]) {
      carrier.advance(minute);
      await done(one.ask((app) => app.sharing.sync({})));
    }
  }
  await giveRoles(ana, started.department?.id);
  for (let round = 0; round < 3; round += 1) {
    carrier.advance(minute);
    for (const device of devices) await done(device.ask((app) => app.sharing.sync({})));
  }
  const profiles = new Map<string, string>();
  for (const device of devices) {
    await device.close();
    profiles.set(device.name, await device.backup());
  }
  const views = new Map(people.map((name) => [name, carrier.viewOf(name).clone()]));
  return { profiles, views, now: carrier.now() };
}
