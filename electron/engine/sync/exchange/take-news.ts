/** Takes what a look found: a bundle first where there is much, then what is new, the rest at leisure. */
import { folderNames } from "#shared/format/names.ts";
import { changesIn, newestBundles } from "./bundle.ts";
import { type Candidates, sortFound } from "./candidates.ts";
import type { Context } from "./context.ts";
import { fetchFile } from "./fetch-file.ts";
import { settleFile } from "./folder-files.ts";
import type { Look } from "./look.ts";
import { accept, receive, type Tally } from "./receive.ts";

/** So many new files at once are worth a bundle. */
const manyFiles = 16;

/** Opens what is worth it and hands it to the log. */
export async function takeNews(look: Look, tally: Tally, context: Context): Promise<void> {
  let found = sort(look, context);
  if (found.news.length >= manyFiles || context.memory.missing.length > 0) {
    if (await takeBundle(look, tally, context)) found = sort(look, context);
  }
  await receive(found.news, tally, context);
  await receive(found.covered.slice(0, context.pace.leisureFiles), tally, context);
}

function sort(look: Look, context: Context): Candidates {
  return sortFound(look.files, context.holdings(context.databases.read), context);
}

/** Takes the newest bundle that was not read yet, if it holds more than is here. */
async function takeBundle(look: Look, tally: Tally, context: Context): Promise<boolean> {
  const { databases, intake, memory, roster, clock } = context;
  const paths = look.files.map(({ path }) => path);
  const bundles = paths.filter((path) => path.startsWith(`${folderNames.bundle}/`));
  const [path] = newestBundles(bundles.filter((one) => !memory.settled.has(one)));
  if (path === undefined) return false;
  const here = intake.streamEnds(databases.read).reduce((sum, { sequence }) => sum + sequence, 0);
  const there = await changesIn(path, context);
  if (there <= here && memory.missing.length === 0) return false;
  const fetched = await fetchFile(
    path,
    {
      standingOf: (device) => roster.standingOf(databases.read, device),
      isKnown: () => false,
      affords: () => true,
    },
    context,
  );
  if (fetched.kind !== "whole") return false;
  const file = { path, bytes: fetched.bytes };
  // Its acts say whose parts may be taken, so it is gone through until no more acts come.
  const acts = tally.acts;
  do {
    tally.acts = false;
    await accept([file], tally, context);
  } while (tally.acts);
  tally.acts = acts || tally.received > 0;
  // Their heads say nothing that the bundle did not, but for tails, which the names show.
  for (const { device } of intake.streamEnds(databases.read)) tally.heard.add(device);
  memory.settled.add(path);
  await databases.queue.run((db) =>
    settleFile(db, { path, size: null, modified: null }, { now: clock.now() }),
  );
  return true;
}
