/**
 * A few engines, as far as an exchange needs them, over a simulated carrier: each with databases, a
 * log, records and an exchange of its own. Everybody is a member unless a test says otherwise; who
 * may do what is another area's.
 */
import { attachmentProjector } from "#engine/attachments/attachment-table.ts";
import { nodeCryptography } from "#engine/identity/cryptography.ts";
import { createProjections } from "#engine/projections/projections.ts";
import type { Projector } from "#engine/projections/projector.ts";
import { createRecordFold } from "#engine/records/create-record-fold.ts";
import { createRecordStore } from "#engine/records/create-record-store.ts";
import type { RecordStore } from "#engine/records/record-store.ts";
import { createIntake } from "#engine/sync/create-intake.ts";
import { createOutbox } from "#engine/sync/create-outbox.ts";
import {
  createExchange,
  type Exchange,
  type ExchangeDependencies,
} from "#engine/sync/exchange/create-exchange.ts";
import type { Folder } from "#engine/sync/folder.ts";
import type { Intake } from "#engine/sync/intake.ts";
import type { Outbox } from "#engine/sync/outbox.ts";
import { defaultPace, everyProtection, type Pace, type Protections } from "#engine/sync/pace.ts";
import { insertLibrary } from "#engine/sync/people/library-row.ts";
import { changeWriter } from "#engine/workspace/workspace-row.ts";
import { type DeviceId, newRecordId, type RecordId } from "#shared/domain/ids.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import { encodeLibrary, signedLibrary } from "#shared/format/library.ts";
import { libraryName } from "#shared/format/names.ts";
import type { CarrierKnobs } from "./carrier-knobs.ts";
import { type Carrier, simulateCarrier } from "./simulated-folder.ts";
import { testClock } from "./test-clock.ts";
import { createTestFoundation, type TestFoundation } from "./test-foundation.ts";

export type BedOptions = {
  readonly seed?: number;
  readonly names: readonly string[];
  readonly knobs?: Partial<CarrierKnobs>;
  readonly pace?: Partial<Pace>;
  readonly protections?: Partial<Protections>;
  /** Instead of the carrier's view: a wrapper around it. */
  readonly folderOf?: (name: string, folder: Folder) => Folder;
  /** Beside the attachments: what else is made of the records. */
  readonly projectors?: (foundation: TestFoundation) => readonly Projector[];
};

export type Peer = {
  readonly name: string;
  readonly device: DeviceId;
  readonly foundation: TestFoundation;
  readonly store: RecordStore;
  readonly intake: Intake;
  readonly outbox: Outbox;
  readonly attachments: Map<string, Uint8Array>;
  readonly exchange: Exchange;
  /** The exchange as after a new start of the app: what it remembered is gone. */
  readonly restart: (folder?: Folder) => Exchange;
  readonly write: (title: string) => Promise<RecordId>;
  readonly titles: () => readonly string[];
};

export type Bed = AsyncDisposable & {
  readonly carrier: Carrier;
  readonly library: RecordId;
  /** LIBRARY.json, as it lies in every view. */
  readonly file: Uint8Array;
  readonly members: Set<DeviceId>;
  readonly stewards: Set<DeviceId>;
  readonly peers: readonly Peer[];
  readonly peer: (name: string) => Peer;
  /** Moves every clock on and brings what arrives. */
  readonly advance: (milliseconds: number) => void;
  /** Everybody cycles so many times, five seconds apart. */
  readonly cycles: (count: number, pause?: number) => Promise<void>;
};

const second = 1000;

/** `await using bed = await createExchangeBed({ names: ["ana", "ben"] })`: they share a library already. */
export async function createExchangeBed(options: BedOptions): Promise<Bed> {
  const { seed = 1, names } = options;
  const carrier = simulateCarrier({
    seed,
    devices: names,
    ...(options.knobs === undefined ? {} : { knobs: options.knobs }),
  });
  const clock = testClock(seed + 1000);
  const root = nodeCryptography.signer(clock.randomBytes(32));
  const unsigned = {
    format: "guildhall" as const,
    v: 1 as const,
    library: newRecordId(clock),
    name: "Test",
    root: encodeBase64Url(root.publicKey),
    createdAt: new Date(clock.now()).toISOString(),
    note: "A library of a test.",
  };
  const signature = encodeBase64Url(root.sign(signedLibrary(unsigned)));
  const file = encodeLibrary({ ...unsigned, signature });
  for (const name of names) carrier.viewOf(name).set(libraryName, [copyOf(file, carrier)]);
  const members = new Set<DeviceId>();
  const stewards = new Set<DeviceId>();
  const shared = { carrier, file, library: unsigned.library, root: root.publicKey };
  const peers: Peer[] = [];
  for (const [index, name] of names.entries()) {
    peers.push(await createPeer(name, seed * 100 + index, { shared, members, stewards, options }));
  }
  for (const { device } of peers) members.add(device);
  const advance = (milliseconds: number) => {
    carrier.advance(milliseconds);
    for (const { foundation } of peers) foundation.clock.advance(milliseconds);
  };
  return {
    carrier,
    library: unsigned.library,
    file,
    members,
    stewards,
    peers,
    advance,
    peer: (name) => {
      const found = peers.find((one) => one.name === name);
      if (found === undefined) throw new Error(`Nobody is called ${name}`);
      return found;
    },
    cycles: async (count, pause = 5 * second) => {
      for (let time = 0; time < count; time += 1) {
        for (const { exchange } of peers) await exchange.cycle();
        advance(pause);
      }
    },
    [Symbol.asyncDispose]: async () => {
      for (const { foundation } of peers) await foundation[Symbol.asyncDispose]();
    },
  };
}

/** A file as the tree of a view holds it. */
export function copyOf(bytes: Uint8Array, carrier: Carrier) {
  return { bytes, modified: carrier.now(), serial: 0, hereFrom: 0 };
}

type Shared = {
  readonly shared: {
    readonly carrier: Carrier;
    readonly file: Uint8Array;
    readonly library: RecordId;
    readonly root: Uint8Array;
  };
  readonly members: ReadonlySet<DeviceId>;
  readonly stewards: ReadonlySet<DeviceId>;
  readonly options: BedOptions;
};

async function createPeer(name: string, seed: number, context: Shared): Promise<Peer> {
  const { shared, members, stewards, options } = context;
  const { carrier, library } = shared;
  const foundation = await createTestFoundation(seed);
  const { databases, log, identity, clock, emit, logger } = foundation;
  const projections = createProjections({
    log,
    fold: createRecordFold({ log }),
    projectors: [attachmentProjector, ...(options.projectors?.(foundation) ?? [])],
  });
  await databases.queue.run((db) => {
    projections.prepare(db);
    const row = { id: library, name: "Test", root: shared.root, fingerprint: "test" };
    insertLibrary(db, { ...row, joined: clock.now() }, shared.file);
  });
  const store = createRecordStore({ databases, log, projections, clock, emit });
  const device = identity.device()?.id;
  if (device === undefined) throw new Error("A foundation has a device.");
  const intake = createIntake({
    databases,
    identity,
    projections,
    clock,
    cryptography: nodeCryptography,
    beginIncarnation: (db, own) => changeWriter(db, own, clock.randomBytes(2)[0] ?? 1),
  });
  const outbox = createOutbox({ identity, cryptography: nodeCryptography, clock });
  const attachments = new Map<string, Uint8Array>();
  const dependencies: Omit<ExchangeDependencies, "folder"> = {
    databases,
    intake,
    outbox,
    clock,
    logger,
    signer: identity,
    library: {
      id: library,
      root: encodeBase64Url(shared.root),
      file: shared.file,
    },
    cryptography: nodeCryptography,
    roster: {
      standingOf: (_, one) => (members.has(one) ? "active" : "unknown"),
      activeDevices: () => [...members],
      stewardDevices: () => [...stewards],
    },
    attachments: {
      read: (hash) => Promise.resolve(attachments.get(hash)),
      isHere: (hash) => attachments.has(hash),
    },
    breathe: () => Promise.resolve(),
    pace: {
      ...defaultPace,
      ...options.pace,
    },
    protections: {
      ...everyProtection,
      ...options.protections,
    },
    version: "0.0.0-test",
    received: () => undefined,
    attend: () => Promise.resolve(),
  };
  const open = (given?: Folder) => {
    const view = given ?? carrier.folderOf(name);
    const folder = options.folderOf?.(name, view) ?? view;
    return createExchange({ ...dependencies, folder });
  };
  let exchange = open();
  return {
    name,
    device,
    foundation,
    store,
    intake,
    outbox,
    attachments,
    get exchange() {
      return exchange;
    },
    restart: (folder) => (exchange = open(folder)),
    write: async (title) => {
      const id = store.newId();
      await store.write([
        {
          id,
          type: "topic",
          fields: { name: title },
        },
      ]);
      return id;
    },
    titles: () =>
      databases.read
        .prepare<
          [],
          {
            title: string;
          }
        >("SELECT title FROM record ORDER BY title")
        .all()
        .map((row) => row.title),
  };
}
