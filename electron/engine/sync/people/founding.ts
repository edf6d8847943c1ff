/**
 * The root key's own hand: LIBRARY.json, and the first act of each life of its stream. The private
 * half is made of the recovery sheet's secret, used here, and kept nowhere.
 */
import type { ChangeBody } from "#shared/domain/change.ts";
import { nextTimestamp } from "#shared/domain/clock.ts";
import type { IdSource, RecordId } from "#shared/domain/ids.ts";
import { canonicalJson, type Json } from "#shared/domain/json.ts";
import { type Act, actWrite, rosterType } from "#shared/domain/roster/act.ts";
import type { Roster } from "#shared/domain/roster/roster.ts";
import { encodeBase64Url } from "#shared/format/bytes.ts";
import { encodeLibrary, signedLibrary } from "#shared/format/library.ts";
import { incarnations } from "#shared/format/limits.ts";
import { formatName } from "#shared/format/names.ts";
import type { Cryptography } from "../../identity/cryptography.ts";
import { deviceIdOf } from "../../identity/identity.ts";
import { emptyChain, nextChain } from "../../log/chain.ts";
import type { SharedFile } from "../intake.ts";
import { signSegment } from "../sign-segment.ts";
import { codeSecretLength, signerOf } from "./codes.ts";

type Dependencies = { readonly cryptography: Cryptography; readonly clock: IdSource };

/** The root key while somebody holds its secret. */
export type Root = {
  readonly secret: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array;
};

/** A new root. */
export function makeRoot({ cryptography, clock }: Dependencies): Root {
  return rootOf(cryptography, clock.randomBytes(codeSecretLength));
}

/** The root that the secret of a recovery sheet makes. */
export function rootOf(cryptography: Cryptography, secret: Uint8Array): Root {
  return { secret, ...signerOf(cryptography, secret, "root") };
}

/** LIBRARY.json's bytes. */
export function libraryFile(
  { library, name, root }: { library: RecordId; name: string; root: Root },
  { clock }: Dependencies,
): Uint8Array {
  const unsigned = {
    format: "guildhall" as const,
    v: 1 as const,
    library,
    name,
    root: encodeBase64Url(root.publicKey),
    createdAt: new Date(clock.now()).toISOString(),
    note: "This folder is a Guildhall library: its files are written and read by the app. Open it in Guildhall with an invitation's code; please do not move, rename or delete anything in it.",
  } satisfies Omit<Parameters<typeof encodeLibrary>[0], "signature">;
  const signature = encodeBase64Url(root.sign(signedLibrary(unsigned)));
  return encodeLibrary({ ...unsigned, signature });
}

/** A segment of the root's stream, in a life of its own, with one act in it. */
export function rootSegment(
  given: {
    readonly root: Root;
    readonly act: Act;
    readonly known: Pick<Roster, "heads" | "library">;
  },
  { cryptography, clock }: Dependencies,
): SharedFile {
  const { root, act, known } = given;
  const { library } = known;
  const device = {
    id: deviceIdOf(cryptography, root.publicKey),
    signingKey: root.publicKey,
    // Nobody seals anything to the root.
    agreementKey: new Uint8Array(32),
  };
  const incarnation = Buffer.from(clock.randomBytes(4)).readUInt32BE() % incarnations;
  const at = nextTimestamp(undefined, clock.now());
  const change: ChangeBody = {
    v: 1,
    device: device.id,
    incarnation,
    sequence: 1,
    at,
    author: library,
    record: library,
    type: rosterType,
    writes: [actWrite(act, known.heads)],
  };
  const plain: Json = JSON.parse(JSON.stringify(change));
  const body = canonicalJson(plain);
  const chain = nextChain(cryptography, emptyChain, body);
  const rows = [{ sequence: 1, at, body, chain }];
  const bytes = signSegment(
    { library, device, incarnation, prev: emptyChain, rows },
    { cryptography, sign: root.sign },
  );
  const hash = Buffer.from(cryptography.hash(bytes)).toString("hex").slice(0, 16);
  const name = { device: device.id, incarnation, first: 1, last: 1, hash };
  return { path: formatName({ kind: "loose", ...name }), bytes };
}
