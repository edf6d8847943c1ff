/**
 * The people of a library: who belongs to it, how they come and go, and what each look at the
 * shared folder means for them. It decides nothing about records; that is `allowed` in the domain,
 * asked by the fold through `readRoster`.
 */
import type { Folder } from "../folder.ts";
import { attendPeople } from "./attend.ts";
import type { Pace } from "../pace.ts";
import { createJoinRequests } from "./join-requests.ts";
import type { PeopleDependencies } from "./people-dependencies.ts";
import { createPeopleHandlers, type PeopleHandlers } from "./people-handlers.ts";
import { createActWriter } from "./write-acts.ts";

export type People = {
  /** The handlers of the `sharing` group that are about people. */
  readonly handlers: PeopleHandlers;
  /** Called by each look at the folder after it took what came, and before it sends. */
  readonly attend: (folder: Folder) => Promise<void>;
};

type Dependencies = Omit<PeopleDependencies, "acts" | "requests"> & {
  readonly pace: Pick<Pace, "failedFile">;
  /** The absolute path of the folder that somebody chose. */
  readonly folderOf: (selection: string) => string;
};

/** Builds the people over the log, the roster and the folder. */
export function createPeople(deps: Dependencies): People {
  const all = { ...deps, acts: createActWriter(deps), requests: createJoinRequests(deps) };
  return {
    handlers: createPeopleHandlers(all),
    attend: async (folder) => void (await attendPeople(folder, all)),
  };
}
