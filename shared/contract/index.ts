/** The product's table of contents: everything that a window, a browser tab or the command line can ask. */
import type { Client, Emit, Handlers } from "#shared/rpc/define.ts";
import { drafts } from "./drafts.ts";
import { events } from "./events.ts";
import { handbook } from "./handbook.ts";
import { health } from "./health.ts";
import { jobs } from "./jobs.ts";
import { records } from "./records.ts";
import { search } from "./search.ts";
import { sharing } from "./sharing.ts";
import { attachments, transfers } from "./transfers.ts";
import { workspace } from "./workspace.ts";

export const contract = {
  workspace,
  records,
  drafts,
  search,
  transfers,
  attachments,
  jobs,
  health,
  sharing,
  handbook,
};
export { events };

export type GuildhallClient = Client<typeof contract>;
export type GuildhallHandlers = Handlers<typeof contract>;
export type GuildhallEmit = Emit<typeof events>;
export type GuildhallEvents = typeof events;
