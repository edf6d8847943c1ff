/**
 * Puts mutated files of every kind and hostile segments through the parsers and the verification, in
 * a process of its own: `node --expose-gc test/support/fuzz-segments.ts SEED COUNT`. Prints one line
 * of JSON; every finding has the seed that makes it again.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { openSegment } from "#shared/format/segment.ts";
import { fuzzedDevice, goodFiles, goodHeader, takeAnything } from "./fuzz-take.ts";
import { hostileSegments, mutate } from "./mutate.ts";

type Finding = { readonly seed: number; readonly what: string };

const hostile = hostileSegments(fuzzedDevice, goodHeader());

/** Most processor time that one file may take, in milliseconds; more for what it inflates to. */
const most = { aFile: 50, aMegabyte: 15 };

const [firstSeed = 1, count = 1000] = process.argv.slice(2).map(Number);
const findings: Finding[] = [];
const outcomes: Record<string, number> = {};
let slowest = 0;
let blockStart = 0;

// What the runtime needs for itself is there before the measuring begins.
for (let seed = 1; seed < 300; seed += 1) if (seed % 20 !== 0) judge(seed);
forgetPeak();
const heapBefore = process.memoryUsage().heapUsed;
let grown = 0;
for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
  // Block by block: what a block needs is asked, not how lazily a long run is tidied.
  if (seed % 5000 === 0) grown = Math.max(grown, endBlock());
  judge(seed);
}
grown = Math.max(grown, endBlock());
/** What is still held in the end, in megabytes: it must not depend on how many files there were. */
const kept = (process.memoryUsage().heapUsed - heapBefore) / 2 ** 20;
process.stdout.write(`${JSON.stringify({ count, outcomes, slowest, grown, kept, findings })}\n`);

/** The most memory that the process has had, in kilobytes. */
function peak(): number {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS;
  const status = readFileSync("/proc/self/status", "utf8");
  return Number(/^VmHWM:\s+(?<kilobytes>\d+)/mu.exec(status)?.groups?.kilobytes);
}

/** Linux forgets the peak when asked, so that making the samples does not hide what follows. */
function forgetPeak(): number {
  globalThis.gc?.();
  if (process.platform === "linux") writeFileSync("/proc/self/clear_refs", "5");
  blockStart = peak();
  return blockStart;
}

/** By how many megabytes the block's peak exceeded its start. */
function endBlock(): number {
  const more = (peak() - blockStart) / 1024;
  forgetPeak();
  return more;
}

function judge(seed: number): void {
  const isHostile = seed % 20 === 0;
  const original = goodFiles[seed % goodFiles.length] ?? new Uint8Array();
  const bytes = isHostile ? hostile(seed) : mutate(original, seed);
  try {
    const { outcome, time } = fastestOf(3, bytes);
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    slowest = Math.max(slowest, time);
    // A member's own hostile file may be one that only looks odd; a mutation is never believed.
    if (outcome === "accepted" && !isHostile) findings.push({ seed, what: "accepted" });
  } catch (error) {
    findings.push({ seed, what: `escaped: ${String(error)}` });
  }
}

/** One slow run may be the collector's; as many in a row are the file's. */
function fastestOf(times: number, bytes: Uint8Array): { outcome: string; time: number } {
  // What one big file needs is asked, not how long the collector lets the one before lie.
  if (promised(bytes) > 1) globalThis.gc?.();
  const start = process.cpuUsage();
  const outcome = takeAnything(bytes);
  const { user, system } = process.cpuUsage(start);
  const time = (user + system) / 1000;
  const allowed = most.aFile + most.aMegabyte * promised(bytes);
  if (time <= allowed) return { outcome, time: time / allowed };
  return times > 1 ? fastestOf(times - 1, bytes) : { outcome, time: time / allowed };
}

/** The megabytes that a file says it inflates to; nothing when that is not to be believed. */
function promised(bytes: Uint8Array): number {
  const segment = openSegment(bytes);
  return "problem" in segment ? 0 : segment.fields.ulen / 2 ** 20;
}
