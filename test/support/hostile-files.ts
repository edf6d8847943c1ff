/** Segments that somebody makes who should not, or as a player's own device would sign them. */
import path from "node:path";
import { nodeCryptography } from "#engine/identity/cryptography.ts";
import { createIdentity } from "#engine/identity/identity.ts";
import { type RecordId, recordIdSchema } from "#shared/domain/ids.ts";
import { canonicalJson, type Json } from "#shared/domain/json.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import { type SampleDevice, sampleDevice, sampleSegment } from "./format-samples.ts";
import type { Player, Stage } from "./stage.ts";
import { hashOf } from "./tamper.ts";
import { testLogger } from "./test-logger.ts";

/** Who a player's device is, and where its stream ends. */
export type Stream = {
  readonly library: RecordId;
  readonly device: string;
  readonly key: string;
  readonly person: string;
  readonly incarnation: number;
  readonly sequence: number;
  readonly chain: Uint8Array;
};

/** The stream that the player's device writes now; up to a sequence, if one is given. */
export function streamOf(player: Player, until = Number.MAX_SAFE_INTEGER): Stream {
  return player.device.look((db) => {
    const row = db
      .prepare<[], Record<string, unknown>>(
        `SELECT workspace.device, incarnation, person_id AS person, library.id AS library,
           device.signing_key AS key
         FROM workspace JOIN library JOIN device ON device.id = workspace.device`,
      )
      .get();
    const end = db
      .prepare<[unknown, unknown, number], { sequence: number; chain: Buffer }>(
        `SELECT sequence, chain FROM change_log
         WHERE device = ? AND incarnation = ? AND sequence <= ? ORDER BY sequence DESC`,
      )
      .get(row?.["device"], row?.["incarnation"], until);
    return {
      library: recordIdSchema.parse(row?.["library"]),
      device: String(row?.["device"]),
      key: encodeBase64Url(row?.["key"] as Buffer),
      person: String(row?.["person"]),
      incarnation: Number(row?.["incarnation"]),
      sequence: end?.sequence ?? 0,
      chain: new Uint8Array(end?.chain ?? Buffer.alloc(32)),
    };
  });
}

/** The device with its real keys, as whoever stole the laptop has them. */
export async function stolenKeys(player: Player): Promise<SampleDevice> {
  const profile = await player.device.backup();
  const identity = await createIdentity({
    profile,
    cryptography: nodeCryptography,
    keyStore: null,
    randomBytes: (length) => new Uint8Array(length),
    logger: testLogger(),
  });
  const { device, key } = streamOf(player);
  return { ...sampleDevice(1), id: device as SampleDevice["id"], key, sign: identity.sign };
}

/** Somebody else's keys under this device's name. */
export function impostor(stream: Stream): SampleDevice {
  return { ...sampleDevice(666), id: stream.device as SampleDevice["id"], key: stream.key };
}

type Write = { readonly [field: string]: Json };
type Made = {
  readonly record: RecordId;
  readonly type?: string;
  readonly writes: readonly Write[];
  /** Further fields of the change. */
  readonly more?: Write;
  readonly at: number;
};

/** The bodies of changes that go on where the stream ends. */
export function bodiesOf(stream: Stream, changes: readonly Made[]): readonly string[] {
  return changes.map(({ record, type = "lesson", writes, more = {}, at }, index) =>
    canonicalJson({
      v: 1,
      device: stream.device,
      incarnation: stream.incarnation,
      sequence: stream.sequence + 1 + index,
      at: `${(at + index).toString(16).padStart(11, "0")}-0000`,
      author: stream.person,
      record,
      type,
      writes: [...writes],
      ...more,
    }),
  );
}

/** The segment that goes on where the stream ends, signed by whoever it is. */
export function segmentBy(
  signer: SampleDevice,
  stream: Stream,
  bodies: readonly string[],
  header: Parameters<typeof sampleSegment>[1]["header"] = {},
): Uint8Array {
  const { library, incarnation, sequence, chain } = stream;
  return sampleSegment(signer, {
    library,
    incarnation,
    first: sequence + 1,
    prev: chain,
    bodies,
    header,
  });
}

/** Where a segment of the stream belongs in the folder. */
export function placeFor(stream: Stream, bytes: Uint8Array, changes: number): string {
  const { device, incarnation, sequence } = stream;
  const number = (value: number, width: number) => String(value).padStart(width, "0");
  const range = `${number(sequence + 1, 8)}-${number(sequence + changes, 8)}`;
  const name = `${number(incarnation, 6)}.${range}.${hashOf(bytes)}.gs`;
  return path.posix.join("s", device.slice(0, 2), device, name);
}

/** Lays the segment into everybody's folder, as a person does. */
export function plant(stage: Stage, where: string, bytes: Uint8Array): void {
  const [player] = stage.players;
  if (player !== undefined) stage.carrier.person(player.name, where, bytes);
  stage.carrier.advance(1000);
}
