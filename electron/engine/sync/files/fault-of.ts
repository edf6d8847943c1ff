/** What an error of the operating system means for sync. */
import type { FolderFault } from "../folder.ts";

/** The system's codes by what they mean, several in one string. */
const meanings: readonly (readonly [FolderFault, string])[] = [
  // ELOOP: a link where a file should be; it is not followed, so nothing is there.
  ["missing", "ENOENT ENOTDIR EISDIR ELOOP"],
  ["exists", "EEXIST ENOTEMPTY"],
  ["busy", "EBUSY EAGAIN ETXTBSY EINTR EMFILE ENFILE ENOLCK ESTALE ENOMEM"],
  // UNKNOWN is how Node says every Windows error that it has no name for: 362, "the cloud file
  // provider is not running", and its kin. macOS says EDEADLK when a provider declines.
  ["not_here", "UNKNOWN EDEADLK ETIMEDOUT ECANCELED"],
  ["full", "ENOSPC EDQUOT"],
  ["denied", "EACCES EPERM"],
  ["read_only", "EROFS"],
  ["unavailable", "ENOTCONN ECONNRESET ECONNREFUSED ECONNABORTED EHOSTDOWN EHOSTUNREACH"],
  ["unavailable", "ENETDOWN ENETUNREACH ENETRESET ENODEV ENXIO EPIPE ESHUTDOWN"],
];

const faults: ReadonlyMap<string, FolderFault> = new Map(
  meanings.flatMap(([fault, codes]) => codes.split(" ").map((code) => [code, fault] as const)),
);

/** The error's code, if it is one of the system's. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** The fault that an error stands for; whatever nobody foresaw is `broken`. */
export function faultOf(error: unknown): FolderFault {
  return faults.get(codeOf(error) ?? "") ?? "broken";
}
