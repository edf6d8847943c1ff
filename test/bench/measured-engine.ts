/**
 * The engine's process as the app starts it, which also tells what it has used when it is asked. It
 * watches its own turns: a turn is what runs between two moments at which a call could be answered.
 */
import process from "node:process";
import { type Usage, usageLane } from "./usage.ts";

type Stretch = { readonly wall: number; readonly cpu: number };

const isAsk = (parcel: unknown): boolean =>
  typeof parcel === "object" && parcel !== null && "lane" in parcel && parcel.lane === usageLane;

let turns: Stretch[] = [];
let since = moment();

function moment(): Stretch {
  const { user, system } = process.threadCpuUsage();
  return { wall: performance.now(), cpu: (user + system) / 1000 };
}

function watch(): void {
  const now = moment();
  // The timer's own millisecond is no work.
  turns.push({ wall: now.wall - since.wall - 1, cpu: now.cpu - since.cpu });
  since = now;
  setTimeout(watch, 1);
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  const longest = (of: keyof Stretch) => turns.reduce((most, turn) => Math.max(most, turn[of]), 0);
  const told = {
    cpu: (user + system) / 1000,
    memory: process.memoryUsage.rss() / 1e6,
    mostMemory: process.resourceUsage().maxRSS / 1e3,
    longestTurn: longest("wall"),
    longestWork: longest("cpu"),
  };
  turns = [];
  return told;
}

// It listens first: messages are kept only until somebody does.
await import("#hosts/utility.ts");
watch();
process.on("message", (parcel) => {
  if (isAsk(parcel)) process.send?.({ lane: usageLane, message: usage() });
});
