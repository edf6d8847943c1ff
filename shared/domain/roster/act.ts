/**
 * The acts of which the roster is made: who was admitted, invited, given a role or removed, and by
 * whom. An act is the single write of a change of the type `roster`, so it is signed and chained
 * like any other change; it never becomes a record that anybody sees.
 */
import { z } from "zod";
import type { Change } from "../change.ts";
import type { Timestamp } from "../clock.ts";
import {
  changeIdSchema,
  type ChangeId,
  type DeviceId,
  deviceIdSchema,
  type RecordId,
  recordIdSchema,
} from "../ids.ts";
import { givenRoleSchema, roleSchema } from "./role.ts";

/** The type of the changes that carry acts; their record is the library. */
export const rosterType = "roster";

/** A public key or a chain value: 32 bytes in base64url, in the one spelling that they have. */
const keySchema = z
  .string()
  .regex(/^[\w-]{42}[AEIMQUYcgkosw048]$/u, "is not 32 bytes in base64url");

const count = z.number().int().nonnegative();

/** How far a stream counts: device, incarnation, sequence, and the chain's value there. */
const cutSchema = z.tuple([deviceIdSchema, count, count, keySchema]);
export type Cut = z.infer<typeof cutSchema>;

const cuts = z.array(cutSchema).max(1000);

const admitSchema = z.object({
  kind: z.literal("admit"),
  person: recordIdSchema,
  name: z.string().max(200),
  device: deviceIdSchema,
  signingKey: keySchema,
  agreementKey: keySchema,
  roles: z.array(givenRoleSchema).max(10),
  /** The invitation's public key, where one was used. */
  invite: keySchema.optional(),
  /** The ends of what the device wrote before it came: incarnation, sequence, chain. */
  brought: z.array(z.tuple([count, count, keySchema])).max(100),
});

const inviteSchema = z.object({
  kind: z.literal("invite"),
  /** The public half of the key that the invitation's code makes; also names the invitation. */
  key: keySchema,
  role: roleSchema,
  departments: z.array(recordIdSchema).max(100).optional(),
  expires: z.iso.datetime(),
  /** For a further device of this person, who gains no role by it. */
  person: recordIdSchema.optional(),
});

const actSchema = z.discriminatedUnion("kind", [
  admitSchema,
  inviteSchema,
  z.object({ kind: z.literal("withdraw_invite"), invite: keySchema }),
  z.object({ kind: z.literal("grant"), person: recordIdSchema, ...givenRoleSchema.shape }),
  z.object({ kind: z.literal("withdraw"), person: recordIdSchema, role: roleSchema, cuts }),
  z.object({
    kind: z.literal("remove"),
    /** Either of the two: the person with every device, or the one device. */
    person: recordIdSchema.optional(),
    device: deviceIdSchema.optional(),
    cuts,
  }),
  /** Takes over what a device wrote beyond a cut; `chain` is its chain's value at `to`. */
  z.object({
    kind: z.literal("adopt"),
    device: deviceIdSchema,
    inc: count,
    from: count,
    to: count,
    chain: keySchema,
  }),
]);
export type Act = z.infer<typeof actSchema>;
export type ActOf<Kind extends Act["kind"]> = Extract<Act, { kind: Kind }>;

/** An act with its place: who made it, on which device, when, and which acts they knew. */
export type RosterAct = {
  readonly id: ChangeId;
  readonly at: Timestamp;
  readonly device: DeviceId;
  readonly author: RecordId;
  readonly after: readonly ChangeId[];
  /** Null for an act that only a newer version understands: it keeps its place and does nothing. */
  readonly act: Act | null;
};

const actWriteSchema = z.object({
  kind: z.literal("act"),
  path: z.literal("roster"),
  act: z.looseObject({ kind: z.string() }),
  after: z.array(changeIdSchema).max(1000),
});

/** The write that carries an act. */
export function actWrite(act: Act, after: readonly ChangeId[]): Change["writes"][number] {
  return { kind: "act", path: "roster", act, after: [...after] };
}

/** The act that a change carries; undefined where it carries none that can be placed. */
export function readAct(change: Change & { readonly id: ChangeId }): RosterAct | undefined {
  const [write, ...others] = change.writes;
  const parsed = actWriteSchema.safeParse(write);
  if (change.type !== rosterType || others.length > 0 || !parsed.success) return undefined;
  const act = actSchema.safeParse(parsed.data.act);
  const { id, at, device, author } = change;
  return { id, at, device, author, after: parsed.data.after, act: act.success ? act.data : null };
}
