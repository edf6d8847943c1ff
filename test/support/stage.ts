/**
 * A stage for one scenario: colleagues who share a library already, each with the whole engine, over
 * one simulated folder that does nothing but what the scenario says.
 */
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import path from "node:path";
import type { Folder } from "#engine/sync/folder.ts";
import { everyProtection } from "#engine/sync/pace.ts";
import type { GuildhallClient } from "#shared/contract/index.ts";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import type { SyncReport } from "#shared/contract/sharing.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import { type Device, startDevice } from "../simulation/device.ts";
import { people, simulationPlace, template } from "../simulation/template.ts";
import type { CarrierKnobs } from "./carrier-knobs.ts";
import { type Carrier, simulateCarrier } from "./simulated-folder.ts";

export type Person = (typeof people)[number];

export type Player = {
  readonly name: string;
  readonly device: Device;
  /** Calls the engine; a refusal is thrown as the window would get it. */
  readonly ask: <T>(call: (client: GuildhallClient) => Promise<T>) => Promise<T>;
  readonly look: (full?: boolean) => Promise<SyncReport>;
  readonly write: (title: string, body?: string) => Promise<RecordId>;
  readonly edit: (id: RecordId, fields: Record<string, string>, body?: string) => Promise<void>;
  readonly get: (id: RecordId) => Promise<RecordView>;
  /** Undefined where the record is not known. */
  readonly titleOf: (id: RecordId) => string | undefined;
  /** The files in this player's folder, under a place such as `s/`. */
  readonly files: (place: string) => readonly string[];
  readonly deviceId: () => string;
};

export type Stage = AsyncDisposable & {
  readonly carrier: Carrier;
  readonly players: readonly Player[];
  /** The first two and the first three of the players. */
  readonly pair: () => readonly [Player, Player];
  readonly three: () => readonly [Player, Player, Player];
  /** Everybody looks, so many times and so many milliseconds apart. */
  readonly meet: (rounds?: number, pause?: number) => Promise<void>;
  /** A further computer; with the name of a spare one. */
  readonly enter: (name: string, from?: string) => Promise<Player>;
};

type Options = {
  readonly knobs?: Partial<CarrierKnobs>;
  readonly seed?: number;
  readonly between?: Readonly<Partial<Record<Person, (folder: Folder) => Folder>>>;
};

export const spareComputers = ["pc6", "pc7"] as const;

/** `await using stage = await openStage(["ana", "ben"])`: ana, ben and cleo are stewards, eva is a member. */
export async function openStage(
  names: readonly Person[],
  { knobs = {}, seed = 1, between = {} }: Options = {},
): Promise<Stage> {
  const before = await template();
  const place = path.join(simulationPlace, randomUUID());
  const views = [...names, ...spareComputers];
  const carrier = simulateCarrier({ seed, devices: views, knobs, start: before.now + 60_000 });
  for (const name of views) {
    const tree = before.views.get(name) ?? before.views.get("ana");
    for (const file of tree?.paths() ?? []) {
      const copies = tree?.get(file).map((copy) => ({ ...copy, serial: 0, hereFrom: 0 })) ?? [];
      carrier.viewOf(name).set(file, copies);
    }
  }
  const players: Player[] = [];
  const enter = async (name: string, from?: string) => {
    const device = await startDevice({
      name,
      carrier,
      seed: seed * 100 + players.length,
      place: path.join(place, name),
      protections: everyProtection,
      ...(from !== undefined && { from }),
      ...(isPerson(name) && between[name] && { between: between[name] }),
    });
    const player = playerOf(device, carrier);
    players.push(player);
    return player;
  };
  for (const name of names) await enter(name, before.profiles.get(name));
  return {
    carrier,
    players,
    pair: () => [at(players, 0), at(players, 1)],
    three: () => [at(players, 0), at(players, 1), at(players, 2)],
    enter,
    meet: async (rounds = 3, pause = 5000) => {
      for (let round = 0; round < rounds; round += 1) {
        for (const player of players) await player.device.ask((app) => app.sharing.sync({}));
        carrier.advance(pause);
      }
    },
    [Symbol.asyncDispose]: async () => {
      for (const { device } of players) await device.close();
      rmSync(place, { recursive: true, force: true });
    },
  };
}

function at(players: readonly Player[], index: number): Player {
  const player = players[index];
  if (player === undefined) throw new Error("There are not so many players.");
  return player;
}

function isPerson(name: string): name is Person {
  return people.some((one) => one === name);
}

function playerOf(device: Device, carrier: Carrier): Player {
  async function ask<T>(call: (client: GuildhallClient) => Promise<T>): Promise<T> {
    const answer = await device.ask(call);
    if (answer.kind === "done") return answer.value;
    throw new Error(answer.kind === "refused" ? answer.code : answer.kind);
  }
  return {
    name: device.name,
    device,
    ask,
    look: (full = false) => ask((app) => app.sharing.sync({ full })),
    write: async (title, body = "") => {
      const fields = { title };
      return (await ask((app) => app.records.create({ type: "lesson", fields, body }))).id;
    },
    edit: async (id, fields, body) => {
      const { version: base } = await ask((app) => app.records.get({ id }));
      const more = body === undefined ? {} : { body };
      await ask((app) => app.records.edit({ id, base, fields, ...more }));
    },
    get: (id) => ask((app) => app.records.get({ id })),
    titleOf: (id) =>
      device.look((db) =>
        db.prepare<[string], string>("SELECT title FROM record WHERE id = ?").pluck().get(id),
      ),
    files: (place) =>
      carrier
        .viewOf(device.name)
        .paths()
        .filter((file) => file.startsWith(place)),
    deviceId: () =>
      device.look(
        (db) => db.prepare<[], string>("SELECT device FROM workspace").pluck().get() ?? "",
      ),
  };
}
