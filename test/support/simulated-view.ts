/** One device's eight calls on its view of the simulated folder, with all that can go wrong in a call. */
import {
  type Folder,
  FolderError,
  type FolderEntry,
  type FolderFault,
} from "#engine/sync/folder.ts";
import { type Copy, parentOf } from "./folder-tree.ts";
import { SimulatedCrash, type View, type Workings } from "./carrier-workings.ts";

type Call = "list" | "stat" | "read" | "write" | "rename" | "remove" | "makeFolder";

const changing: ReadonlySet<Call> = new Set(["write", "rename", "remove", "makeFolder"]);

/** How old a listing out of a client's memory can be. */
const staleFor = 10_000;
const windowLength = 3_600_000;

/** The folder as the device sees it. */
export function openView(workings: Workings, view: View): Folder {
  const { chance, count, now } = workings;
  let dead = false;

  /** Whether a bad hour of this kind is on at the device. */
  function isOn(what: "full" | "readOnly" | "busy" | "unavailable" | "emptyRoot"): boolean {
    if (now() < view.quietUntil) return false;
    const hour = Math.floor(now() / windowLength);
    return chance.happens(workings.knobs()[what], what, view.device, hour);
  }

  function faultAt(call: Call): FolderFault | undefined {
    if (isOn("unavailable")) return "unavailable";
    if (isOn("readOnly") && changing.has(call)) return "read_only";
    if (call === "list" || !isOn("busy")) return undefined;
    return chance.happens(0.5, "busy call", view.device, view.calls) ? "busy" : undefined;
  }

  function dies(path: string): never {
    dead = true;
    view.crashIn = 0;
    count("crash");
    throw new SimulatedCrash(path);
  }

  /** Does the deed with the call's misfortunes around it; `half` is how far a death leaves it. */
  async function at<T>(call: Call, path: string, deed: () => T, half?: () => void): Promise<T> {
    await Promise.resolve();
    if (dead) throw new SimulatedCrash(path);
    view.calls += 1;
    const doomed = view.crashIn === 1;
    if (view.crashIn > 0) view.crashIn -= 1;
    const { crash } = workings.knobs();
    const quiet = now() < view.quietUntil;
    const death =
      doomed || (!quiet && chance.happens(crash, "crash", view.device, view.calls))
        ? chance.oneOf(["before", "half", "after"], "death", view.device, view.calls)
        : undefined;
    if (death === "before") dies(path);
    if (death === "half") {
      (changing.has(call) ? (half ?? deed) : () => {})();
      dies(path);
    }
    const fault = faultAt(call);
    if (fault !== undefined) {
      count(fault);
      throw new FolderError(fault, path);
    }
    const answer = deed();
    if (death === "after") dies(path);
    return answer;
  }

  /** The copy that answers: of twins, sometimes the one and sometimes the other. */
  function copyAt(path: string): Copy {
    const copies = isOn("emptyRoot") ? [] : view.tree.get(path);
    const copy = chance.oneOf(copies, "twin", path, view.calls);
    if (copy === undefined) throw new FolderError("missing", path);
    return copy;
  }

  function list(path: string): readonly FolderEntry[] {
    if (isOn("emptyRoot")) {
      count("emptyRoot");
      if (path === "") return [];
      throw new FolderError("missing", path);
    }
    const before = view.listings.get(path);
    const { staleListing } = workings.knobs();
    const fresh = before === undefined || before.at < now() - staleFor;
    if (!fresh && chance.happens(staleListing, "stale", view.device, view.calls)) {
      count("staleListing");
      return before.entries;
    }
    const entries = view.tree.list(path);
    if (entries === undefined) throw new FolderError("missing", path);
    view.listings.set(path, { at: now(), entries });
    return entries;
  }

  /** Whether a file stands where the path needs a folder. */
  function isBlocked(path: string): boolean {
    return path !== "" && (view.tree.get(path).length > 0 || isBlocked(parentOf(path)));
  }

  /** Puts bytes under a name; nothing reaches the folder while another empty one stands in its place. */
  function put(path: string, bytes: Uint8Array): void {
    if (isOn("emptyRoot")) {
      count("wroteIntoNothing");
      return;
    }
    if (!view.tree.hasFolder(parentOf(path))) throw new FolderError("missing", path);
    const copy = {
      bytes,
      modified: now() + view.skew,
      serial: workings.nextSerial(),
      hereFrom: now(),
    };
    view.tree.set(path, [copy]);
    workings.deeds.push({ device: view.device, deed: "write", path, bytes });
    workings.carry(view.device, path);
  }

  function write(path: string, bytes: Uint8Array): void {
    if (view.tree.get(path).length > 0 && !isOn("emptyRoot")) throw new FolderError("exists", path);
    if (isOn("full")) {
      count("full");
      if (chance.happens(0.5, "left half", path, view.calls)) put(path, halfOf(bytes));
      throw new FolderError("full", path);
    }
    put(path, new Uint8Array(bytes));
  }

  function rename(from: string, to: string): void {
    const copy = copyAt(from);
    if (!view.tree.hasFolder(parentOf(to))) throw new FolderError("missing", to);
    drop(from);
    view.tree.set(to, [{ ...copy, serial: workings.nextSerial() }]);
    workings.deeds.push({ device: view.device, deed: "rename", path: to, bytes: copy.bytes });
    workings.carry(view.device, to);
  }

  function drop(path: string): void {
    if (view.tree.get(path).length === 0) return;
    view.tree.set(path, []);
    view.removed.set(path, workings.nextSerial());
    workings.deeds.push({ device: view.device, deed: "remove", path, bytes: undefined });
    workings.carry(view.device, path);
  }

  return {
    list: (path) => at("list", path, () => list(path)),
    stat: (path) =>
      at("stat", path, () => {
        const { bytes, modified } = copyAt(path);
        return { size: bytes.length, modified };
      }),
    read: (path, part) =>
      at("read", path, () => {
        const { bytes, hereFrom } = copyAt(path);
        if (hereFrom > now()) throw new FolderError("not_here", path);
        count("opened");
        const start = part?.at ?? 0;
        return new Uint8Array(bytes.subarray(start, start + (part?.length ?? bytes.length)));
      }),
    write: (path, bytes) =>
      at(
        "write",
        path,
        () => write(path, bytes),
        () => write(path, halfOf(bytes)),
      ),
    rename: (from, to) => at("rename", from, () => rename(from, to)),
    remove: (path) => at("remove", path, () => drop(path)),
    makeFolder: (path) =>
      at("makeFolder", path, () => {
        if (isOn("emptyRoot")) count("wroteIntoNothing");
        else if (isBlocked(path)) throw new FolderError("missing", path);
        else view.tree.makeFolder(path);
      }),
    watch: () => ({ [Symbol.dispose]: () => {} }),
  };
}

function halfOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.subarray(0, Math.floor(bytes.length / 2)));
}
