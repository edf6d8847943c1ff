/** How the command tree has a command's code run. */
import type { Outcome } from "./outcome.ts";
import type { Session } from "./session.ts";

type Run = (command: (session: Session) => Promise<Outcome>) => Promise<void>;

/** Runs a command's code: in a workspace to read or to write there, in any profile, or by itself. */
export type Runner = {
  /** For what has to work where the lists do not: a check, a rebuild. */
  readonly toTheLog: Run;
  readonly toRead: Run;
  readonly toWrite: Run;
  readonly inAnyProfile: Run;
  /** In a profile that may have no workspace; where it has one its keys can sign. */
  readonly toJoin: Run;
  /** Without any profile. */
  readonly alone: (command: () => Promise<Outcome>) => Promise<void>;
  /** Serves the app to a browser until it is interrupted. */
  readonly serve: (port: number) => Promise<void>;
};
