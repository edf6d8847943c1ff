/** What carriers, people and ill will do to a good folder: each broken one with what is expected of it. */
import { deflateRawSync } from "node:zlib";
import type { Cryptography } from "#engine/identity/cryptography.ts";
import { nextChain } from "#engine/log/chain.ts";
import { encodeLibrary, signedLibrary } from "#shared/format/library.ts";
import { newRecordId, type RecordId } from "#shared/domain/ids.ts";
import { canonicalJson } from "#shared/domain/json.ts";
import { decodeBase64Url, encodeBase64Url, encodeText } from "#shared/format/bytes.ts";
import { encodeHeader, joinFrame, signedMessage } from "#shared/format/frame.ts";
import { openSegment, type SegmentHeader } from "#shared/format/segment.ts";
import {
  digest,
  sampleBodies,
  sampleDevice,
  sampleRecord,
  sampleSegment,
} from "../format-samples.ts";
import type { BedDevice } from "../people-bed.ts";
import { testClock } from "../test-clock.ts";
import type { Golden } from "./golden-folder.ts";

type Making = {
  readonly cryptography: Cryptography;
  /** A member whose keys sign what an insider would do. */
  readonly ben: BedDevice;
  readonly library: RecordId;
};

/** The broken folders by name, made of a good one. */
export function brokenFolders(good: Golden, making: Making): ReadonlyMap<string, Golden> {
  const files = new Map(
    Object.entries(good.files).map(([path, text]) => [
      path,
      new Uint8Array(Buffer.from(text, "base64")),
    ]),
  );
  const paths = [...files.keys()];
  const bundles = paths.filter((path) => path.startsWith("b/"));
  const loose = paths.filter((path) => path.startsWith("s/"));
  const byBen = loose
    .filter((path) => path.includes(making.ben.identity.device()?.id ?? "nobody"))
    .toSorted();
  const last = byBen.at(-1) ?? "";
  const lastBytes = files.get(last) ?? new Uint8Array();
  const without = (name: string) => good.expect.topics.filter((topic) => topic !== name);
  /** In all of these the bundle is gone, or it would bring what the broken file lacks. */
  const broken = (
    about: string,
    made: Partial<Golden>,
    expect: Partial<Golden["expect"]> = {},
  ) => ({
    about,
    base: "good",
    files: {},
    ...made,
    without: [...bundles, ...(made.without ?? [])],
    expect: { ...good.expect, ...expect },
  });
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  const instead = (bytes: Uint8Array) => ({ files: { [last]: text(bytes) } });
  const beside = (name: string, bytes: Uint8Array) => ({ files: { [name]: text(bytes) } });
  const lost = { topics: without("Ben, after the pack") };
  const insider = insiderOf(making, lastBytes);
  const foreign = sampleDevice(66);
  const forged = sampleSegment(foreign, {
    library: making.library,
    bodies: sampleBodies(foreign, 2),
  });
  const flip = (at: number) => lastBytes.with(at, (lastBytes[at] ?? 0) ^ 1);
  const headerEnd = 8 + new DataView(lastBytes.buffer).getUint32(4);
  const name = (what: string) => `s/zz/zzzz/${what}.gs`;
  return new Map([
    [
      "truncated",
      broken(
        "A segment of which only the first half came.",
        instead(lastBytes.subarray(0, Math.floor(lastBytes.length / 2))),
        { ...lost, aside: { [last]: "truncated" } },
      ),
    ],
    [
      "flipped-payload",
      broken("A bit of a segment's payload is another one.", instead(flip(lastBytes.length - 5)), {
        ...lost,
        aside: { [last]: "hash" },
      }),
    ],
    [
      "flipped-signature",
      broken("A bit of a segment's signature is another one.", instead(flip(headerEnd + 9)), {
        ...lost,
        aside: { [last]: "signature" },
      }),
    ],
    [
      "forged",
      broken(
        "A stranger's segment under the name of a member, and one that only claims to be a member's.",
        {
          files: {
            [name("stranger")]: text(forged),
            [name("claimed")]: text(insider.claimedBy(foreign)),
          },
        },
        { aside: { [name("stranger")]: "unknown_device", [name("claimed")]: "signature" } },
      ),
    ],
    [
      "wrong-library",
      broken(
        "A valid segment of another library was copied into this one.",
        beside(
          name("other"),
          sampleSegment(foreign, { library: sampleRecord(5), bodies: sampleBodies(foreign, 2) }),
        ),
        { aside: { [name("other")]: "other_library" } },
      ),
    ],
    [
      "replayed",
      broken("Every segment stands there again under another name.", {
        files: Object.fromEntries(
          loose.map((path, at) => [name(`old-${at}`), good.files[path] ?? ""]),
        ),
      }),
    ],
    [
      "deflate-bomb",
      broken(
        "A member's segment that inflates to a thousand times what it says.",
        beside(name("bomb"), insider.bomb()),
        { aside: { [name("bomb")]: "hash" } },
      ),
    ],
    [
      "future-feature",
      broken(
        "A member's segment that only a newer version can apply.",
        beside(name("newer"), insider.sealed({ feat: ["req:telepathy"] })),
        { aside: { [name("newer")]: "future_format" } },
      ),
    ],
    [
      "oversize-header",
      broken(
        "A file that promises a header of four gigabytes.",
        beside(
          name("vast"),
          new Uint8Array(Buffer.concat([Buffer.from("GHS1\u007f\u007f\u007f\u007f"), lastBytes])),
        ),
        { aside: { [name("vast")]: "oversize" } },
      ),
    ],
    [
      "deep-json",
      broken(
        "A member's change in which lists lie seventeen deep.",
        beside(name("deep"), insider.deep()),
        { aside: { [name("deep")]: "hash" } },
      ),
    ],
    [
      "junk",
      broken(
        "Files that have nothing to do with the library, some of them under its names.",
        {
          files: {
            "Read me.txt": text(encodeText("Please keep this folder tidy.")),
            ".DS_Store": text(new Uint8Array(100)),
            "s/desktop.ini": text(encodeText("[.ShellClassInfo]")),
            [name("archive")]: text(encodeText("PK\u0003\u0004 and so on")),
            [name("nothing")]: "",
            [name("zeros")]: text(new Uint8Array(300)),
          },
        },
        {
          aside: {
            "Read me.txt": "not_guildhall",
            [name("archive")]: "not_guildhall",
            [name("nothing")]: "truncated",
            [name("zeros")]: "truncated",
          },
        },
      ),
    ],
    [
      "conflict-copies-only",
      broken("Of every segment only a copy is left that a sync client renamed.", {
        without: loose,
        files: Object.fromEntries(
          loose.map((path, at) => [
            path.replace(/\.gs$/u, `${conflictMarks[at % 4]}.gs`),
            good.files[path] ?? "",
          ]),
        ),
      }),
    ],
    [
      "emptied",
      broken(
        "Everything is gone but LIBRARY.json.",
        { without: paths.filter((path) => path !== "LIBRARY.json" && !path.startsWith("b/")) },
        { topics: [], members: [] },
      ),
    ],
    [
      "fake-library",
      broken(
        "LIBRARY.json names this library and another root.",
        beside("LIBRARY.json", fakeLibrary(making.library)),
        { library: "other" },
      ),
    ],
    [
      "half-library",
      broken(
        "LIBRARY.json came only in part.",
        beside("LIBRARY.json", (files.get("LIBRARY.json") ?? new Uint8Array()).subarray(0, 150)),
        { library: "truncated" },
      ),
    ],
    [
      "forked",
      broken(
        "Two copies of a member's device wrote different changes in the same place.",
        beside(name("branch"), insider.branch()),
        { topics: [...good.expect.topics, "Of the other copy"].toSorted(), forked: 1 },
      ),
    ],
    [
      "bundle-only",
      {
        about: "All segments are gone, and the bundle is left.",
        base: "good",
        without: paths.filter((path) => /^[spr]\//u.test(path)),
        files: {},
        expect: { ...good.expect, topics: without("Ben, after the pack") },
      },
    ],
  ]);
}

const conflictMarks = [
  " (Bob's conflicted copy 2026-01-02)",
  ".sync-conflict-20260102-101112-ABCDEFG",
  "-LAPTOP7",
  " (1)",
];

function fakeLibrary(library: RecordId): Uint8Array {
  const root = sampleDevice(67);
  const unsigned = {
    format: "guildhall" as const,
    v: 1 as const,
    library,
    name: "Sales",
    root: root.key,
    createdAt: "2026-01-05T09:00:00.000Z",
    note: "",
  };
  const signature = encodeBase64Url(root.sign(signedLibrary(unsigned)));
  return encodeLibrary({ ...unsigned, signature });
}

/** What a member could sign with their own keys, placed behind their last segment. */
function insiderOf({ cryptography, ben, library }: Making, lastBytes: Uint8Array) {
  const opened = openSegment(lastBytes);
  if ("problem" in opened) throw new Error("Ben has written");
  const { fields } = opened;
  const clock = testClock(99);

  function body(sequence: number, over: object = {}): string {
    return canonicalJson({
      v: 1,
      device: fields.dev,
      incarnation: fields.inc,
      sequence,
      at: fields.to,
      author: ben.me(),
      record: newRecordId(clock),
      type: "topic",
      action: newRecordId(clock),
      writes: [{ kind: "set", path: "name", value: "Of the other copy", after: [] }],
      ...over,
    });
  }

  function seal(
    line: string,
    place: { readonly first: number; readonly prev: string },
    over: Partial<SegmentHeader> = {},
  ): Uint8Array {
    const content = encodeText(`${line}\n`);
    const payload = deflateRawSync(content, { level: 6 });
    const end = nextChain(cryptography, decodeBase64Url(place.prev), line);
    const header = encodeHeader({
      ...fields,
      ...place,
      lib: library,
      last: place.first,
      end: encodeBase64Url(end),
      plen: payload.length,
      ulen: content.length,
      phash: digest(payload),
      from: fields.to,
      ...over,
    });
    const signature = ben.identity.sign(signedMessage("segment", header));
    return joinFrame("segment", { header, signature, payload });
  }

  const next = { first: fields.last + 1, prev: fields.end };
  return {
    sealed: (over: Partial<SegmentHeader>) => seal(body(next.first), next, over),
    deep: () =>
      seal(body(next.first, { extra: JSON.parse(`${"[".repeat(16)}${"]".repeat(16)}`) }), next),
    bomb: () => seal(body(next.first, { note: "0".repeat(900_000) }), next, { ulen: 900 }),
    branch: () => seal(body(fields.first), { first: fields.first, prev: fields.prev }),
    /** Under this device's id and key, with somebody else's signature. */
    claimedBy: (other: { readonly sign: (message: Uint8Array) => Uint8Array }) => {
      const header = encodeHeader(fields);
      const signature = other.sign(signedMessage("segment", header));
      return joinFrame("segment", { header, signature, payload: opened.payload });
    },
  };
}
