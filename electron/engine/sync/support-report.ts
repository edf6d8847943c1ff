/**
 * What helps whoever helps: states, counts and reasons. No one's words, names or keys are in it;
 * devices are numbered, and of a path only its folder and its ending are told.
 */
import type { Readable } from "../db/database.ts";
import { statement } from "../db/statement.ts";
import type { ExchangeState } from "./exchange/create-exchange.ts";
import { refusedFiles } from "./exchange/folder-files.ts";
import { peerAcks, peerHeads } from "./exchange/peers.ts";
import type { StreamEnd } from "./intake.ts";

const counts = statement<
  [],
  { readonly changes: number; readonly segments: number; readonly bytes: number }
>(
  `SELECT (SELECT count(*) FROM change_log) AS changes, (SELECT count(*) FROM segment) AS segments,
     (SELECT coalesce(sum(size), 0) FROM segment) AS bytes`,
);
const refusals = statement<[], { readonly reason: string; readonly changes: number }>(
  "SELECT reason, count(*) AS changes FROM refusal GROUP BY reason",
);
const events = statement<
  [],
  { readonly at: number; readonly kind: string; readonly amount: number }
>("SELECT at, kind, amount FROM folder_event ORDER BY position DESC LIMIT 200");

type Asked = {
  readonly version: string;
  readonly now: number;
  readonly ends: readonly StreamEnd[];
  readonly own: string | undefined;
  readonly state: ExchangeState | undefined;
};

/** The report as it is put into the ZIP file. */
export function supportReport(db: Readable, asked: Asked) {
  const devices = new Map<string, number>();
  const numbered = (device: string | null) => {
    if (device === null) return null;
    if (!devices.has(device)) devices.set(device, devices.size + 1);
    return devices.get(device) ?? null;
  };
  const { ends, own, state, version, now } = asked;
  if (own !== undefined) numbered(own);
  return {
    version,
    at: new Date(now).toISOString(),
    platform: `${process.platform} ${process.arch} ${process.version}`,
    folder: { ...state, problem: state?.problem?.reason ?? null },
    counts: counts(db).get(),
    streams: ends.map(({ device, sequence }) => ({ device: numbered(device), sequence })),
    heads: peerHeads(db).map(({ device, n, sequence, version: app, at, seenAt }) => {
      return { device: numbered(device), n, sequence, version: app, at, seenAt };
    }),
    acknowledgements: peerAcks(db).map(({ device, n, at, lines }) => {
      return { device: numbered(device), n, at, streams: lines.length };
    }),
    setAside: refusedFiles(db).map(({ path, outcome, size, tries, since, device }) => {
      const place = {
        folder: path.split("/")[0] ?? "",
        ending: /\.[a-z0-9]{1,6}$/iu.exec(path)?.[0],
      };
      return { ...place, reason: outcome, size, tries, since, device: numbered(device) };
    }),
    refused: refusals(db).all(),
    events: events(db).all(),
  };
}
