/** A file system of a few megabytes, as only the superuser of a Linux machine can make one. */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

export type SmallDisk = Disposable & {
  readonly path: string;
  /** Leaves no byte free. */
  readonly fill: () => void;
  /** Takes away what filled it. */
  readonly free: () => void;
  /** Lets nobody write any more; nothing on it may be open for writing. */
  readonly protect: () => void;
};

/** Undefined where none can be made: skip the test and say so. */
export function smallDisk(place: string, megabytes: number): SmallDisk | undefined {
  mkdirSync(place);
  const mount = (options: string) =>
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", place], { stdio: "ignore" });
  try {
    mount(`size=${String(megabytes)}m`);
  } catch {
    return undefined;
  }
  const filling = path.join(place, "filling");
  return {
    path: place,
    fill: () => {
      for (let size = megabytes * 2 ** 20; size >= 512; size = Math.floor(size / 2)) {
        try {
          for (;;) writeFileSync(filling, Buffer.alloc(size), { flag: "a" });
        } catch (error) {
          if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
        }
      }
    },
    free: () => rmSync(filling),
    protect: () => mount(`remount,ro,size=${String(megabytes)}m`),
    [Symbol.dispose]: () => execFileSync("umount", ["-l", place]),
  };
}
