/**
 * The words in which a contract is written: queries, commands, groups, events. This folder knows
 * nothing of Guildhall; it turns a table of zod schemas into a typed client and a checked server.
 */
import type { z } from "zod";
import type { ZodMiniType } from "zod/mini";

/**
 * What a procedure's input and output are checked with: a schema of zod, in either of its forms. The
 * small one is for what Electron's main process loads before there is a window.
 */
export type Schema = z.ZodType | ZodMiniType;

/**
 * Makes a thing when it is first asked for. A contract has hundreds of schemas, which take a fifth of
 * the time in which a process comes up, and a window opens with few of them.
 */
export function lazily<Thing>(make: () => Thing): () => Thing {
  let made: { readonly thing: Thing } | undefined;
  return () => (made ??= { thing: make() }).thing;
}

/** One callable: its kind, and the schemas that both sides parse with. */
export type Procedure<
  Kind extends "query" | "command" = "query" | "command",
  Input extends Schema = Schema,
  Output extends Schema = Schema,
> = {
  readonly kind: Kind;
  readonly input: Input;
  readonly output: Output;
};

/** Procedures that belong together, by name. */
export type Group = Readonly<Record<string, Procedure>>;

/** Every group of a product, by name. */
export type Contract = Readonly<Record<string, Group>>;

/** The payload schema of each event, by event name. */
export type EventContract = Readonly<Record<string, () => Schema>>;

const procedureOf =
  <Kind extends "query" | "command">(kind: Kind) =>
  <Input extends Schema, Output extends Schema>(input: () => Input, output: () => Output) => {
    const made = { input: { get: lazily(input) }, output: { get: lazily(output) } };
    return Object.defineProperties({ kind }, made) as Procedure<Kind, Input, Output>;
  };

/** Reads state and changes nothing; safe to repeat and to drop. */
export const query = procedureOf("query");

/** Changes state; runs at most once for each call. */
export const command = procedureOf("command");

type Call<P extends Procedure> = (input: z.input<P["input"]>) => Promise<z.output<P["output"]>>;

/** What a caller holds: `client.group.method(input)`. */
export type Client<C extends Contract> = {
  readonly [G in keyof C]: { readonly [M in keyof C[G]]: Call<C[G][M]> };
};

type Handler<P extends Procedure> = (
  input: z.output<P["input"]>,
) => z.input<P["output"]> | Promise<z.input<P["output"]>>;

/** What an implementer writes; a missing or mistyped handler does not compile. */
export type Handlers<C extends Contract> = {
  readonly [G in keyof C]: { readonly [M in keyof C[G]]: Handler<C[G][M]> };
};

/** The handlers of one group, for a file that implements just that group. */
export type GroupHandlers<G extends Group> = { readonly [M in keyof G]: Handler<G[M]> };

/** Sends one event; the payload is checked against the event's schema by the type. */
export type Emit<E extends EventContract> = <N extends keyof E & string>(
  name: N,
  payload: z.input<ReturnType<E[N]>>,
) => void;
