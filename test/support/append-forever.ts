/**
 * A process that appends to a profile's log until it is killed or has done its share; for tests of
 * crashes and of two writers. Arguments: profile, seed, most transactions. Prints the last sequence
 * of each committed transaction on a line of its own.
 */
import { newRecordId } from "#shared/domain/ids.ts";
import { openLog } from "./open-log.ts";
import { testClock } from "./test-clock.ts";

const [profile = "", seed = "1", most = "100000"] = process.argv.slice(2);
const clock = testClock(Number(seed));
const { databases, log } = await openLog(profile, clock);

for (let transaction = 0; transaction < Number(most); transaction += 1) {
  const size = 1 + ((clock.randomBytes(1)[0] ?? 0) % 20);
  const changes = await databases.queue.run((db) =>
    log.append(
      db,
      Array.from({ length: size }, (_, index) => ({
        record: newRecordId(clock),
        type: "lesson",
        action: newRecordId(clock),
        writes: [{ kind: "set", path: "title", value: `${transaction} ${index}`, after: [] }],
      })),
    ),
  );
  process.stdout.write(`${changes.at(-1)?.sequence}\n`);
}
databases.close();
