/**
 * How screens ask and tell: `useAsk` for queries, `useTell` for commands, `client` for the rare
 * call outside a component. Server state lives in the query cache alone; events refresh it.
 */
import {
  keepPreviousData,
  notifyManager,
  QueryClient,
  useMutation,
  type UseMutationResult,
  useQuery,
  type UseQueryResult,
} from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { z } from "zod";
import { contract, type GuildhallClient } from "#shared/contract/index.ts";
import { createClient } from "#shared/rpc/client.ts";
import type { Schema } from "#shared/rpc/define.ts";
import { connectHttp, type Connection, type ConnectionState, connectPort } from "./connection.ts";
import { receiveEvent } from "./events.ts";

type Contract = typeof contract;
type GroupName = keyof Contract;
type MethodName<G extends GroupName> = keyof Contract[G] & string;

/** What a procedure takes. */
export type Input<G extends GroupName, M extends MethodName<G>> = Contract[G][M] extends {
  readonly input: infer S extends Schema;
}
  ? z.input<S>
  : never;

/** What a procedure gives. */
export type Output<G extends GroupName, M extends MethodName<G>> = Contract[G][M] extends {
  readonly output: infer S extends Schema;
}
  ? z.output<S>
  : never;

const connection: Connection =
  window.guildhall === undefined
    ? connectHttp(receiveEvent)
    : connectPort(window.guildhall, receiveEvent);

/** The contract, callable. */
export const client: GuildhallClient = createClient(contract, connection.send);

// An answer is drawn in the task that brings it; by itself the library waits for a timer's.
notifyManager.setScheduler(queueMicrotask);

/** The one cache of what the engine answered. Nothing goes stale by time: events say when. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: "always",
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
    mutations: { networkMode: "always", retry: false },
  },
});

/** Whether the engine can be reached. */
export function useConnection(): ConnectionState {
  return useSyncExternalStore(connection.onState, connection.state);
}

/** Calls the listener whenever the connection comes or goes; returns how to stop. */
export const onConnectionChange = connection.onState;
export const connectionState = connection.state;
export const restartEngine = connection.restart;

type AskOptions = {
  readonly enabled?: boolean;
  /** Shows the last answer while the next one is on its way: for lists that change as one types. */
  readonly keepPrevious?: boolean;
  /** Drops the question once nobody waits for its answer any more, as while one types on. */
  readonly dropped?: boolean;
};

/** One question as the query library takes it, for `useQueries`. */
export function askOptions<G extends GroupName, M extends MethodName<G>>(
  group: G,
  method: M,
  ...[input, { dropped = false } = {}]: readonly [
    input: Input<G, M>,
    options?: Pick<AskOptions, "dropped">,
  ]
): {
  readonly queryKey: readonly [G, M, Input<G, M>];
  readonly queryFn: (asked: { readonly signal: AbortSignal }) => Promise<Output<G, M>>;
} {
  return {
    queryKey: [group, method, input],
    // Whoever looks at the signal is cancelled with it, and asked anew if it is wanted again.
    queryFn: dropped
      ? ({ signal }) => unlessDropped(signal, call(group, method, input))
      : () => call(group, method, input),
  };
}

/** Asks once and keeps the answer fresh: a query's result under the key [group, method, input]. */
export function useAsk<G extends GroupName, M extends MethodName<G>>(
  group: G,
  method: M,
  ...[input, options = {}]: readonly [input: Input<G, M>, options?: AskOptions]
): UseQueryResult<Output<G, M>> {
  const { enabled = true, keepPrevious = false, dropped = false } = options;
  return useQuery<Output<G, M>>({
    ...askOptions(group, method, input, { dropped }),
    enabled,
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}

/** A command to run: `tell.mutate(input)` or `await tell.mutateAsync(input)`; an error is a sentence. */
export function useTell<G extends GroupName, M extends MethodName<G>>(
  group: G,
  method: M,
): UseMutationResult<Output<G, M>, Error, Input<G, M>> {
  return useMutation<Output<G, M>, Error, Input<G, M>>({
    mutationFn: (input) => call(group, method, input),
  });
}

/** Asks outside a component, through the same cache. */
export function ask<G extends GroupName, M extends MethodName<G>>(
  group: G,
  method: M,
  input: Input<G, M>,
): Promise<Output<G, M>> {
  return queryClient.fetchQuery<Output<G, M>>(askOptions(group, method, input));
}

async function unlessDropped<T>(signal: AbortSignal, answer: Promise<T>): Promise<T> {
  const value = await answer;
  signal.throwIfAborted();
  return value;
}

/**
 * Asks what a screen will ask in a moment. Resolves when it is known, or cannot be: the screen asks
 * again then, and says so.
 */
export function askAhead<G extends GroupName, M extends MethodName<G>>(
  group: G,
  method: M,
  ...question: readonly [input: Input<G, M>, options?: Pick<AskOptions, "dropped">]
): Promise<void> {
  return queryClient.prefetchQuery<Output<G, M>>(askOptions(group, method, ...question));
}

function call<G extends GroupName, M extends MethodName<G>>(
  group: G,
  method: M,
  input: Input<G, M>,
): Promise<Output<G, M>> {
  // Two generic names are more than the compiler follows; the client is built from the contract
  // that the types above are read from.
  const calls: object = client[group];
  const procedure: (input: Input<G, M>) => Promise<Output<G, M>> = Reflect.get(calls, method);
  return procedure(input);
}
