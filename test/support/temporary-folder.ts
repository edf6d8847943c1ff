/** A folder for one test that vanishes with it. */
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** Use it with `using`, or call `remove` in the end. */
export type TemporaryFolder = Disposable & { readonly path: string };

/** Makes an empty folder. */
export function temporaryFolder(): TemporaryFolder {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "guildhall-test-")));
  return {
    path: folder,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
