/** The real folder where the system misbehaves: refusals, hangs, links, and names that lead elsewhere. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createFileFolder, type FileFolderOptions } from "#engine/sync/files/file-folder.ts";
import { type FileSystem, nodeFileSystem } from "#engine/sync/files/file-system.ts";
import { isPlainName } from "#engine/sync/files/folder-path.ts";
import { FolderError } from "#engine/sync/folder.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const bytes = new Uint8Array([1, 2, 3]);

async function fault(call: Promise<unknown>) {
  try {
    await call;
    return "no failure";
  } catch (error) {
    return error instanceof FolderError ? error.fault : error;
  }
}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: said the system`), { code });
}

function failing(code: string): () => Promise<never> {
  return () => Promise.reject(systemError(code));
}

/** A folder with some of the system's calls replaced; waits are counted and take no time. */
function open(
  root: string,
  files: Partial<FileSystem> = {},
  more: Partial<FileFolderOptions> = {},
) {
  const waits: number[] = [];
  const wait = (milliseconds: number) => Promise.resolve(waits.push(milliseconds));
  const folder = createFileFolder({ root, files: { ...nodeFileSystem, ...files }, wait, ...more });
  return { folder, waits };
}

describe("a refusal of the system", () => {
  test.each([
    ["ENOENT", "missing"],
    ["ENOTDIR", "missing"],
    ["ELOOP", "missing"],
    ["EBUSY", "busy"],
    ["EMFILE", "busy"],
    ["ESTALE", "busy"],
    ["UNKNOWN", "not_here"],
    ["EDEADLK", "not_here"],
    ["ETIMEDOUT", "not_here"],
    ["EACCES", "denied"],
    ["EPERM", "denied"],
    ["ENOTCONN", "unavailable"],
    ["EHOSTDOWN", "unavailable"],
    ["EIO", "broken"],
    ["EWHATEVER", "broken"],
  ])("%s while reading means %s", async (code, meaning) => {
    using place = temporaryFolder();
    const { folder } = open(place.path, { open: failing(code), opendir: failing(code) });
    expect(await fault(folder.read("file"))).toBe(meaning);
    expect(await fault(folder.list(""))).toBe(meaning);
  });

  test.each([
    ["ENOSPC", "full"],
    ["EDQUOT", "full"],
    ["EROFS", "read_only"],
    ["EACCES", "denied"],
    ["EEXIST", "exists"],
  ])("%s while writing means %s", async (code, meaning) => {
    using place = temporaryFolder();
    const { folder } = open(place.path, { open: failing(code), mkdir: failing(code) });
    expect(await fault(folder.write("file", bytes))).toBe(meaning);
  });

  test("is told with its cause, and nothing but a folder's error ever comes out", async () => {
    using place = temporaryFolder();
    const { folder } = open(place.path, { lstat: () => Promise.reject(new TypeError("odd")) });
    await expect(folder.stat("file")).rejects.toMatchObject({
      name: "FolderError",
      fault: "broken",
      cause: expect.any(TypeError),
    });
  });
});

describe("a full disk", () => {
  test.each(["writeFile", "sync", "close"] as const)(
    "at %s leaves no half file behind",
    async (call) => {
      using place = temporaryFolder();
      const { folder } = open(place.path, {
        open: async (file, flags, mode) => {
          const handle = await nodeFileSystem.open(file, flags, mode);
          if (file === place.path) return handle;
          return {
            stat: () => handle.stat(),
            read: (buffer, part) => handle.read(buffer, part),
            writeFile: async (content) => {
              await handle.writeFile(content.subarray(0, 1));
              if (call === "writeFile") throw systemError("ENOSPC");
            },
            sync: call === "sync" ? failing("ENOSPC") : () => handle.sync(),
            close: async () => {
              await handle.close();
              if (call === "close") throw systemError("ENOSPC");
            },
          };
        },
      });
      expect(await fault(folder.write("file", bytes))).toBe("full");
      expect(readdirSync(place.path)).toEqual([]);
    },
  );

  test("a carrier that cannot flush is written to all the same", async () => {
    using place = temporaryFolder();
    const { folder } = open(place.path, {
      open: async (file, flags, mode) => {
        const handle = await nodeFileSystem.open(file, flags, mode);
        return {
          stat: () => handle.stat(),
          read: (buffer, part) => handle.read(buffer, part),
          writeFile: (content) => handle.writeFile(content),
          sync: failing("EINVAL"),
          close: () => handle.close(),
        };
      },
    });
    expect(await fault(folder.write("file", bytes))).toBe("no failure");
    expect([...readFileSync(path.join(place.path, "file"))]).toEqual([...bytes]);
  });
});

describe("a rename that a scanner refuses", () => {
  function refusing(times: number, code: string) {
    let refused = 0;
    return (from: string, to: string) => {
      refused += 1;
      if (refused <= times) return Promise.reject(systemError(code));
      return nodeFileSystem.rename(from, to);
    };
  }

  test.each(["EPERM", "EACCES", "EBUSY", "ENOTSUP"])("with %s is tried again", async (code) => {
    using place = temporaryFolder();
    const { folder, waits } = open(place.path, { rename: refusing(6, code) });
    await folder.write("x.tmp", bytes);
    await folder.rename("x.tmp", "x");
    expect(readdirSync(place.path)).toEqual(["x"]);
    expect(waits).toEqual([10, 20, 40, 80, 100, 100]);
  });

  test("is given up at the caller's limit, and the file keeps its name", async () => {
    using place = temporaryFolder();
    const rename = refusing(1000, "EBUSY");
    const { folder, waits } = open(place.path, { rename }, { renameLimit: 500 });
    await folder.write("x.tmp", bytes);
    expect(await fault(folder.rename("x.tmp", "x"))).toBe("busy");
    expect(waits.reduce((sum, one) => sum + one, 0)).toBeLessThan(700);
    expect(readdirSync(place.path)).toEqual(["x.tmp"]);
  });

  test("for another reason is not tried again", async () => {
    using place = temporaryFolder();
    const { folder, waits } = open(place.path, { rename: refusing(1, "EIO") });
    await folder.write("x.tmp", bytes);
    expect(await fault(folder.rename("x.tmp", "x"))).toBe("broken");
    expect(waits).toEqual([]);
  });
});

afterEach(() => void vi.useRealTimers());

describe("a call that hangs", () => {
  test("is given up, and after three of them nothing new is begun until one comes back", async () => {
    using place = temporaryFolder();
    writeFileSync(path.join(place.path, "file"), bytes);
    const hanging: PromiseWithResolvers<never>[] = [];
    let hangs = true;
    let begun = 0;
    const { folder } = open(place.path, {
      open: (file, flags, mode) => {
        begun += 1;
        if (!hangs) return nodeFileSystem.open(file, flags, mode);
        hanging.push(Promise.withResolvers<never>());
        return hanging.at(-1)!.promise;
      },
    });
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const faults = Promise.all([1, 2, 3].map(() => fault(folder.read("file"))));
    while (hanging.length < 3) await new Promise(setImmediate);
    vi.advanceTimersByTime(10_000);
    expect(await faults).toEqual(["not_here", "not_here", "not_here"]);
    hangs = false;
    expect(await fault(folder.read("file"))).toBe("not_here");
    expect(begun).toBe(3);
    hanging[0]!.reject(systemError("EIO"));
    await new Promise(setImmediate);
    expect([...(await folder.read("file"))]).toEqual([...bytes]);
    for (const one of hanging) one.reject(systemError("EIO"));
  });
});

describe("many calls at once", () => {
  test("take turns, so that one of Node's threads stays free for the app", async () => {
    using place = temporaryFolder();
    let [running, most] = [0, 0];
    const { folder } = open(place.path, {
      opendir: async (file, options) => {
        running += 1;
        most = Math.max(most, running);
        const entries = await nodeFileSystem.opendir(file, options);
        running -= 1;
        return entries;
      },
    });
    await Promise.all(Array.from({ length: 20 }, () => folder.list("")));
    expect(most).toBe(3);
  });

  test("that wait behind calls that all hang are given up with them", async () => {
    using place = temporaryFolder();
    const never = Promise.withResolvers<never>();
    const { folder } = open(place.path, { opendir: () => never.promise }, { callLimit: 20 });
    const calls = Array.from({ length: 8 }, () => fault(folder.list("")));
    expect(new Set(await Promise.all(calls))).toEqual(new Set(["not_here"]));
    never.reject(systemError("EIO"));
  });
});

describe("the folders on the way", () => {
  test("are looked at once for a while, though some names are missing in them", async () => {
    using place = temporaryFolder();
    mkdirSync(path.join(place.path, "s", "ab", "one"), { recursive: true });
    const asked: string[] = [];
    const { folder } = open(place.path, {
      lstat: (file) => {
        asked.push(path.relative(place.path, file));
        return nodeFileSystem.lstat(file);
      },
    });
    for (let time = 0; time < 3; time += 1) {
      expect(await folder.list("s/ab/one")).toEqual([]);
      expect(await fault(folder.list("p/ab/one"))).toBe("missing");
      expect(await fault(folder.stat("s/ab/one/none"))).toBe("missing");
    }
    expect(asked.filter((file) => file === "s")).toEqual(["s"]);
    expect(asked.filter((file) => file === "p")).toEqual(["p", "p", "p"]);
  });
});

describe("the root", () => {
  test("that is gone makes everything unavailable, and is never made", async () => {
    using place = temporaryFolder();
    const root = path.join(place.path, "share");
    const { folder } = open(root);
    expect(await fault(folder.list(""))).toBe("unavailable");
    expect(await fault(folder.read("file"))).toBe("unavailable");
    expect(await fault(folder.stat("h/file"))).toBe("unavailable");
    expect(await fault(folder.write("file", bytes))).toBe("unavailable");
    expect(await fault(folder.makeFolder("s/ab"))).toBe("unavailable");
    expect(await fault(folder.rename("a", "b"))).toBe("unavailable");
    expect(await fault(folder.remove("file"))).toBe("unavailable");
    expect(existsSync(root)).toBe(false);
  });

  test("that goes away and comes back is seen to do so", async () => {
    using place = temporaryFolder();
    const root = path.join(place.path, "share");
    mkdirSync(path.join(root, "h"), { recursive: true });
    const { folder } = open(root);
    expect(await folder.list("h")).toEqual([]);
    renameSync(root, `${root}-away`);
    expect(await fault(folder.list("h"))).toBe("unavailable");
    renameSync(`${root}-away`, root);
    expect(await folder.list("h")).toEqual([]);
  });

  test("may itself be a link that the person chose", async () => {
    using place = temporaryFolder();
    mkdirSync(path.join(place.path, "real"));
    symlinkSync(path.join(place.path, "real"), path.join(place.path, "chosen"));
    const { folder } = open(path.join(place.path, "chosen"));
    await folder.makeFolder("h");
    await folder.write("h/file", bytes);
    expect(await fault(folder.read("none"))).toBe("missing");
    expect(readdirSync(path.join(place.path, "real", "h"))).toEqual(["file"]);
  });
});

describe("the way out of the folder", () => {
  test.each([
    "../secret",
    "h/../../secret",
    "/etc/passwd",
    "h//x",
    "h/.",
    "..",
    "h\\x",
    "C:x",
    "h/x:stream",
    "con",
    "h/aux.txt",
    "trailing.",
    "trailing ",
    "null\0byte",
    "x".repeat(256),
  ])("through the name %j is none", async (name) => {
    using place = temporaryFolder();
    const root = path.join(place.path, "share");
    mkdirSync(path.join(root, "h"), { recursive: true });
    writeFileSync(path.join(place.path, "secret"), "secret");
    const { folder } = open(root);
    expect(await fault(folder.read(name))).toBe("broken");
    expect(await fault(folder.write(name, bytes))).toBe("broken");
    expect(await fault(folder.rename("h/x", name))).toBe("broken");
    expect(await fault(folder.rename(name, "h/x"))).toBe("broken");
    expect(await fault(folder.remove(name))).toBe("broken");
    expect(await fault(folder.makeFolder(name))).toBe("broken");
    expect(readFileSync(path.join(place.path, "secret"), "utf8")).toBe("secret");
  });

  test("through links is none: not to files, not to folders, not in between", async () => {
    using place = temporaryFolder();
    const root = path.join(place.path, "share");
    const outside = path.join(place.path, "outside");
    for (const folder of [root, outside, path.join(outside, "below")]) mkdirSync(folder);
    writeFileSync(path.join(outside, "secret"), "secret");
    symlinkSync(path.join(outside, "secret"), path.join(root, "file"));
    symlinkSync(outside, path.join(root, "h"));
    const { folder } = open(root);
    expect(await folder.list("")).toEqual([]);
    for (const name of ["file", "h/secret", "h/below/x"]) {
      expect(await fault(folder.read(name))).toBe("missing");
      expect(await fault(folder.stat(name))).toBe("missing");
    }
    expect(await fault(folder.list("h"))).toBe("missing");
    expect(await fault(folder.list("h/below"))).toBe("missing");
    expect(await fault(folder.makeFolder("h"))).toBe("missing");
    expect(await fault(folder.makeFolder("h/new"))).toBe("missing");
    expect(await fault(folder.write("h/new", bytes))).toBe("missing");
    expect(await fault(folder.write("file", bytes))).toBe("exists");
    await folder.write("mine", bytes);
    expect(await fault(folder.rename("mine", "h/mine"))).toBe("missing");
    expect(await fault(folder.rename("h/secret", "stolen"))).toBe("missing");
    await folder.remove("h/secret");
    await folder.remove("file");
    expect(readdirSync(outside).toSorted()).toEqual(["below", "secret"]);
  });

  test("a pipe with a file's name is not waited for", async () => {
    if (process.platform === "win32") return;
    using place = temporaryFolder();
    const { spawnSync } = await import("node:child_process");
    spawnSync("mkfifo", [path.join(place.path, "pipe.gs")]);
    const { folder } = open(place.path);
    expect(await folder.list("")).toEqual([]);
    expect(await fault(folder.read("pipe.gs"))).toBe("missing");
    expect(await fault(folder.stat("pipe.gs"))).toBe("missing");
  });

  test("a million names do not fill the memory", async () => {
    using place = temporaryFolder();
    const entry = { name: "junk", isFile: () => true, isDirectory: () => false };
    let given = 0;
    const { folder } = open(place.path, {
      opendir: () =>
        Promise.resolve({
          async *[Symbol.asyncIterator]() {
            for (; given < 1_000_000; given += 1) yield entry as never;
          },
        }),
    });
    expect(await folder.list("")).toHaveLength(100_000);
    expect(given).toBe(100_000);
  });

  test("names that no other system could hold are not listed", () => {
    expect(["ok", "x (1).gs", "é", ".hidden", "a.b"].every(isPlainName)).toBe(true);
    expect(
      ["", "a:b", "a\\b", "nul", "LPT1.gs", "a\ufffd", "a\u0001", "x."].some(isPlainName),
    ).toBe(false);
  });
});

describe("what a file says of itself", () => {
  test("a time with fractions is a whole number of milliseconds", async () => {
    using place = temporaryFolder();
    writeFileSync(path.join(place.path, "old"), bytes);
    utimesSync(path.join(place.path, "old"), 12.3456, 12.3456);
    const { folder } = open(place.path);
    expect(await folder.stat("old")).toEqual({ size: 3, modified: 12_345 });
  });

  test("a file of gigabytes is read in parts and never whole", async () => {
    using place = temporaryFolder();
    const { truncateSync } = await import("node:fs");
    writeFileSync(path.join(place.path, "vast.gs"), bytes);
    truncateSync(path.join(place.path, "vast.gs"), 2 ** 31 + 5);
    const { folder } = open(place.path);
    expect(await fault(folder.read("vast.gs"))).toBe("broken");
    const start = await folder.read("vast.gs", { at: 0, length: 4096 });
    expect([start.length, ...start.subarray(0, 3)]).toEqual([4096, ...bytes]);
  });

  test("one that shrinks while it is read gives what is left", async () => {
    using place = temporaryFolder();
    writeFileSync(path.join(place.path, "file"), new Uint8Array(100));
    const { folder } = open(place.path, {
      open: async (file, flags, mode) => {
        const handle = await nodeFileSystem.open(file, flags, mode);
        const entry = await handle.stat();
        writeFileSync(file, new Uint8Array(40));
        return {
          stat: () => Promise.resolve(entry),
          read: (buffer, part) => handle.read(buffer, part),
          writeFile: (content) => handle.writeFile(content),
          sync: () => handle.sync(),
          close: () => handle.close(),
        };
      },
    });
    expect(await folder.read("file")).toHaveLength(40);
  });
});

describe("watching", () => {
  test("a folder where nothing can be watched is no failure", async () => {
    using place = temporaryFolder();
    const { folder } = open(place.path, {
      watch: () => {
        throw systemError("ENOSPC");
      },
    });
    using watching = folder.watch(() => {});
    expect(watching).toBeDefined();
    await folder.write("file", bytes);
  });

  test("hints come until it ends, and a watcher that dies takes nothing with it", () => {
    using place = temporaryFolder();
    const watchers: { hint: () => void; fail: () => void; closed: number }[] = [];
    const { folder } = open(place.path, {
      watch: (_path, changed) => {
        const watcher = { hint: changed, fail: () => {}, closed: 0 };
        watchers.push(watcher);
        return {
          close: () => {
            watcher.closed += 1;
          },
          on: (_event, failed) => {
            watcher.fail = failed;
          },
        };
      },
    });
    let hints = 0;
    const watching = folder.watch(() => {
      hints += 1;
    });
    watchers[0]!.hint();
    expect(hints).toBe(1);
    watchers[0]!.fail();
    expect(watchers[0]!.closed).toBe(1);
    watchers[1]!.hint();
    expect(hints).toBe(2);
    watching[Symbol.dispose]();
    for (const watcher of watchers) watcher.hint();
    expect(hints).toBe(2);
    expect(watchers.map(({ closed }) => closed)).toEqual(watchers.map(() => 1));
    rmSync(place.path, { recursive: true });
  });
});
