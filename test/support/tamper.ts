/** What a scenario does to the files in one player's copy of the folder; nothing of it is carried on. */
import { createHash } from "node:crypto";
import type { Player, Stage } from "./stage.ts";

/** The one file that is in the player's folder now and was not before. */
export async function fileOf(
  player: Player,
  place: string,
  write: () => Promise<unknown>,
): Promise<string> {
  const before = new Set(player.files(place));
  await write();
  const fresh = player.files(place).filter((path) => !before.has(path));
  const [path, other] = fresh;
  if (path === undefined || other !== undefined) {
    throw new Error(`Not one file came, but: ${fresh.join(", ")}`);
  }
  return path;
}

/** The bytes under the path. */
export function bytesAt({ carrier }: Stage, player: Player, path: string): Uint8Array {
  const [copy] = carrier.viewOf(player.name).get(path);
  if (copy === undefined) throw new Error(`${player.name} has no ${path}`);
  return copy.bytes;
}

type Lying = { readonly modified?: number; readonly hereFrom?: number };

/** Lays these bytes under the path, or each of these under it; none takes it away. */
export function lay(
  { carrier }: Stage,
  player: Player,
  path: string,
  ...contents: readonly Uint8Array[]
): void {
  layAs({ carrier }, player, path, { contents });
}

/** The same with a time, and with a moment from which on the content is there. */
export function layAs(
  { carrier }: Pick<Stage, "carrier">,
  player: Player,
  path: string,
  { contents, modified, hereFrom }: Lying & { readonly contents: readonly Uint8Array[] },
): void {
  const now = carrier.now();
  const times = { modified: modified ?? now, hereFrom: hereFrom ?? now, serial: 0 };
  carrier.viewOf(player.name).set(
    path,
    contents.map((bytes) => ({ bytes, ...times })),
  );
}

/** The bytes with one bit of one byte turned. */
export function flipped(bytes: Uint8Array, at = bytes.length - 5): Uint8Array {
  return bytes.with(at, (bytes[at] ?? 0) ^ 1);
}

/** The first sixteen digits of a file's hash, as names carry them. */
export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}
