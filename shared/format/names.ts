/**
 * The names of files in a shared folder. They are for finding what is new without opening anything;
 * what a file is, only its content says: a carrier may rename it, double it or put it elsewhere.
 * Names are lower case, of `[0-9a-z.-]`, at most 64 characters and three folders deep, so that no
 * file system and no sync client refuses them.
 */
import { type DeviceId, deviceIdSchema } from "#shared/domain/ids.ts";

export const libraryName = "LIBRARY.json";

/** The folders of the library, by what lies in them. */
export const folderNames = {
  head: "h",
  ack: "k",
  loose: "s",
  pack: "p",
  relay: "r",
  bundle: "b",
  attachment: "a",
  join: "j",
} as const;

/** Where a segment lies; the file is the same. */
export type SegmentPlace = "loose" | "pack" | "relay";

export type FileName =
  | { readonly kind: "library" }
  | {
      readonly kind: "head" | "ack";
      readonly device: DeviceId;
      readonly n: number;
      readonly hash: string;
    }
  | {
      readonly kind: SegmentPlace;
      readonly device: DeviceId;
      readonly incarnation: number;
      readonly first: number;
      readonly last: number;
      readonly hash: string;
    }
  | {
      readonly kind: "bundle";
      /** `yyyymmdd`, by the writer's clock. */
      readonly day: string;
      readonly device: DeviceId;
      readonly hash: string;
    }
  | { readonly kind: "attachment"; readonly sha256: string }
  | { readonly kind: "join"; readonly random: string };

/** The path of a file, relative to the library. `hash` is the first 16 digits of its bytes' SHA-256. */
export function formatName(name: FileName): string {
  switch (name.kind) {
    case "library":
      return libraryName;
    case "head":
      return `h/${name.device}.${digits(name.n, 8)}.${name.hash}.gh`;
    case "ack":
      return `k/${name.device}.${digits(name.n, 8)}.${name.hash}.gk`;
    case "loose":
    case "pack":
    case "relay": {
      const range = `${digits(name.first, 8)}-${digits(name.last, 8)}`;
      const file = `${digits(name.incarnation, 6)}.${range}.${name.hash}.gs`;
      return `${streamFolder(name.kind, name.device)}/${file}`;
    }
    case "bundle":
      return `b/${name.day}.${name.device}.${name.hash}.gb`;
    case "attachment":
      return `a/${name.sha256.slice(0, 2)}/${name.sha256}`;
    case "join":
      return `j/${name.random}.gj`;
  }
}

/** The folder of a device's segments. */
export function streamFolder(place: SegmentPlace, device: DeviceId): string {
  return `${folderNames[place]}/${device.slice(0, 2)}/${device}`;
}

/** A name for a file that is still being written, in the folder of the one it will be. */
export function temporaryName(path: string, random: string): string {
  return `${path.slice(0, path.lastIndexOf("/") + 1)}${random}.tmp`;
}

/**
 * Whether a carrier or a file manager keeps the name for itself, or a file under it is unfinished:
 * nothing with such a name is ever read.
 */
export function isSetApart(name: string): boolean {
  return /^[.~]|\.(?:tmp|part|partial|crdownload)$|^(?:desktop\.ini|thumbs\.db)$/iu.test(name);
}

const device = "(?<device>[0-9a-hjkmnp-tv-z]{20})";
const hash = "(?<hash>[0-9a-f]{16})";
const numbered = new RegExp(
  `^(?<folder>[hk])/${device}\\.(?<n>\\d{8,12})\\.${hash}\\.g(?:h|k)$`,
  "u",
);
const segment = new RegExp(
  `^(?<folder>[spr])/(?<shard>..)/${device}/(?<inc>\\d{6})\\.(?<first>\\d{8,12})-(?<last>\\d{8,12})\\.${hash}\\.gs$`,
  "u",
);
const bundle = new RegExp(`^b/(?<day>\\d{8})\\.${device}\\.${hash}\\.gb$`, "u");
const attachment = /^a\/(?<shard>[0-9a-f]{2})\/(?<sha256>[0-9a-f]{64})$/u;
const join = /^j\/(?<random>[0-9a-z]{16})\.gj$/u;

const places: Readonly<Record<string, SegmentPlace>> = { s: "loose", p: "pack", r: "relay" };

/** What a path says about its file; undefined for every other name, whatever its content. */
export function parseName(path: string): FileName | undefined {
  const name = guess(path);
  // Only the one spelling of a name counts: same folder as device, no other zeros.
  return name !== undefined && formatName(name) === path ? name : undefined;
}

function guess(path: string): FileName | undefined {
  if (path === libraryName) return { kind: "library" };
  const numberedParts = numbered.exec(path)?.groups;
  if (numberedParts !== undefined) {
    const { folder, device, n, hash = "" } = numberedParts;
    const kind = folder === "h" ? "head" : "ack";
    return { kind, device: deviceIdSchema.parse(device), n: Number(n), hash };
  }
  const bundleParts = bundle.exec(path)?.groups;
  if (bundleParts !== undefined) {
    const { day = "", device, hash = "" } = bundleParts;
    return { kind: "bundle", day, device: deviceIdSchema.parse(device), hash };
  }
  const sha256 = attachment.exec(path)?.groups?.sha256;
  if (sha256 !== undefined) return { kind: "attachment", sha256 };
  const random = join.exec(path)?.groups?.random;
  return random === undefined ? guessSegment(path) : { kind: "join", random };
}

function guessSegment(path: string): FileName | undefined {
  const parts = segment.exec(path)?.groups;
  const kind = places[parts?.folder ?? ""];
  if (parts === undefined || kind === undefined) return undefined;
  const { device, inc, first, last, hash = "" } = parts;
  return {
    kind,
    device: deviceIdSchema.parse(device),
    incarnation: Number(inc),
    first: Number(first),
    last: Number(last),
    hash,
  };
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, "0");
}
