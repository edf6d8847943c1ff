/** Devices of a library that exist only as what they write: their streams as signed files. */
import { nodeCryptography } from "#engine/identity/cryptography.ts";
import { deviceIdOf, type PublicDevice } from "#engine/identity/identity.ts";
import { emptyChain, nextChain } from "#engine/log/chain.ts";
import { nameHash, signFrame } from "#engine/sync/exchange/frames.ts";
import { type LoggedRow, signSegment } from "#engine/sync/sign-segment.ts";
import { nextTimestamp, type Timestamp } from "#shared/domain/clock.ts";
import { changeIdAt, newRecordId, type RecordId } from "#shared/domain/ids.ts";
import { canonicalJson, type Json } from "#shared/domain/json.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import type { FileName } from "#shared/format/names.ts";
import { testClock } from "./test-clock.ts";

export type ColleagueFile = { readonly name: FileName; readonly bytes: Uint8Array };

export type Colleague = {
  readonly device: PublicDevice;
  /** Writes so many changes: a new record with some text now and then, else a new title of one. */
  readonly write: (changes: number) => void;
  /** What was written since it was asked last, in files of so many changes, and the head. */
  readonly publish: (perFile: number) => readonly ColleagueFile[];
};

type Options = {
  readonly library: RecordId;
  readonly devices: number;
  /** Of all of them together. */
  readonly changes: number;
};

/** The colleagues with their changes, not published yet. */
export function generateColleagues({ library, devices, changes }: Options): readonly Colleague[] {
  return Array.from({ length: devices }, (_, index) => {
    const colleague = createColleague(library, index + 1);
    const share = Math.floor(changes / devices) + (index < changes % devices ? 1 : 0);
    colleague.write(share);
    return colleague;
  });
}

const words =
  "refund order customer reply polite draft prompt check answer model sum table short clear example step tone file".split(
    " ",
  );

/** How many changes a record gets before the next one is made. */
const perRecord = 10;

function createColleague(library: RecordId, seed: number): Colleague {
  const clock = testClock(seed + 5000);
  const signer = nodeCryptography.signer(clock.randomBytes(32));
  const device: PublicDevice = {
    id: deviceIdOf(nodeCryptography, signer.publicKey),
    signingKey: signer.publicKey,
    agreementKey: clock.randomBytes(32),
  };
  const author = newRecordId(clock);
  const pending: LoggedRow[] = [];
  let chain: Uint8Array = emptyChain;
  let published: Uint8Array = emptyChain;
  let at: Timestamp | undefined;
  let sequence = 0;
  let heads = 0;
  let record = newRecordId(clock);
  let last: Json[] = [];

  function someWords(count: number): string {
    return Array.from(clock.randomBytes(count), (byte) => words[byte % words.length]).join(" ");
  }

  function writeOne(): void {
    const made = sequence % perRecord === 0;
    if (made) [record, last] = [newRecordId(clock), []];
    sequence += 1;
    clock.advance(1000);
    at = nextTimestamp(at, clock.now());
    const title = { kind: "set", path: "title", value: someWords(5), after: last };
    const writes: Json[] = made
      ? [title, { kind: "set", path: "summary", value: someWords(30), after: [] }]
      : [title];
    const body = canonicalJson({
      v: 1,
      device: device.id,
      incarnation: 0,
      sequence,
      at,
      author,
      record,
      type: "lesson",
      writes,
    });
    chain = nextChain(nodeCryptography, chain, body);
    last = [changeIdAt({ device: device.id, incarnation: 0, sequence }, chain)];
    pending.push({ sequence, at, body, chain });
  }

  function segment(rows: readonly LoggedRow[]): ColleagueFile {
    const [first, end] = [rows[0]?.sequence ?? 0, rows.at(-1)];
    const stretch = { library, device, incarnation: 0, prev: published, rows };
    const signing = { cryptography: nodeCryptography, sign: signer.sign };
    const bytes = signSegment(stretch, signing);
    published = end?.chain ?? published;
    const kind = rows.length > 64 ? "pack" : "loose";
    const hash = nameHash(nodeCryptography, bytes);
    const range = { incarnation: 0, first, last: end?.sequence ?? first };
    return { name: { kind, device: device.id, ...range, hash }, bytes };
  }

  function head(): ColleagueFile {
    heads += 1;
    const header = {
      v: 1,
      lib: library,
      dev: device.id,
      key: encodeBase64Url(signer.publicKey),
      n: heads,
      inc: 0,
      seq: sequence,
      chain: encodeBase64Url(chain),
      app: "0.0.0-test",
      at: new Date(clock.now()).toISOString(),
    };
    const own = { device: () => device, sign: signer.sign, state: () => "ready" as const };
    const bytes = signFrame("head", header, { signer: own });
    const hash = nameHash(nodeCryptography, bytes);
    return { name: { kind: "head", device: device.id, n: heads, hash }, bytes };
  }

  return {
    device,
    write: (changes) => {
      for (let count = 0; count < changes; count += 1) writeOne();
    },
    publish: (perFile) => {
      const files: ColleagueFile[] = [];
      while (pending.length > 0) files.push(segment(pending.splice(0, perFile)));
      return [...files, head()];
    },
  };
}
