/** Whether a folder lies on a file server, whose listings are kept by its clients for some seconds. */
import { statfs } from "node:fs/promises";

/** Linux' numbers for SMB, CIFS, SMB2 and NFS (linux/magic.h). */
const networkTypes: ReadonlySet<number> = new Set([0x517b, 0xff534d42, 0xfe534d42, 0x6969]);

/** Told by the path on Windows, by the file system on Linux; elsewhere a folder counts as local. */
export async function isOnNetwork(folder: string): Promise<boolean> {
  if (/^(?:\\\\|\/\/)/u.test(folder)) return true;
  if (process.platform !== "linux") return false;
  try {
    const { type } = await statfs(folder);
    return networkTypes.has(type >>> 0);
  } catch {
    // It cannot be asked now; the looks themselves will say what is wrong.
    return false;
  }
}
