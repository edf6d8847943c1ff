/** A typed client over anything that can send a request and receive its response. */
import type { Client, Contract } from "./define.ts";
import { type Request, responseSchema, RpcFault } from "./wire.ts";

/** Carries one request to the server and its response back. Rejects only when the carrier fails. */
export type Send = (request: Request) => Promise<unknown>;

/** Builds `client.group.method(input)`; each call parses its output and throws RpcFault on refusal. */
export function createClient<C extends Contract>(contract: C, send: Send): Client<C> {
  let lastId = 0;
  const groups: Record<string, Record<string, unknown>> = {};
  for (const [group, methods] of Object.entries(contract)) {
    const calls: Record<string, unknown> = {};
    for (const [method, procedure] of Object.entries(methods)) {
      calls[method] = async (input: unknown) => {
        lastId += 1;
        const response = responseSchema.parse(await send({ id: lastId, group, method, input }));
        if (!response.ok) throw new RpcFault(response.fault);
        return procedure.output.parse(response.value);
      };
    }
    groups[group] = calls;
  }
  return groups as Client<C>;
}
