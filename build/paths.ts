/** Where the repository keeps what the build tools read and write. Absolute paths. */
import path from "node:path";

/** The repository's own folder. */
export const root = path.resolve(import.meta.dirname, "..");

/** Everything that is built; safe to delete. */
export const out = path.join(root, "out");
