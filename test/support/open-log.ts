import { openDatabases } from "#engine/db/open-databases.ts";
import { nodeCryptography } from "#engine/identity/cryptography.ts";
import { createIdentity } from "#engine/identity/identity.ts";
import { createChangeLog } from "#engine/log/create-change-log.ts";
import type { testClock } from "./test-clock.ts";
import { testLogger } from "./test-logger.ts";

/** Opens a profile's databases and its log, to append to it as its own device would. */
export async function openLog(profile: string, clock: ReturnType<typeof testClock>) {
  const databases = openDatabases(profile);
  const identity = await createIdentity({
    profile,
    cryptography: nodeCryptography,
    keyStore: null,
    randomBytes: clock.randomBytes,
    logger: testLogger(),
  });
  const log = createChangeLog({ clock, cryptography: nodeCryptography, identity });
  return { databases, log };
}
