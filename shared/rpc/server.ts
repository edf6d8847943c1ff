/** Answers requests from a handler table; every input and output passes its schema. */
import type { Contract, Handlers, Procedure } from "./define.ts";
import { type Fault, ExpectedFailure, type Request, requestSchema, type Response } from "./wire.ts";

/** Answers one request. Never rejects: whatever goes wrong becomes a fault in the response. */
export type Serve = (request: unknown) => Promise<Response>;

type ServerOptions = {
  /** Called with each bug, whole, so that the log has what the caller is not shown. */
  readonly onInternalError: (error: unknown, call: string) => void;
};

const bugSentence =
  "Something went wrong inside Guildhall. The log has the details; nothing you wrote was lost.";

type AnyHandler = (input: unknown) => unknown;

/** Builds the answering function for a contract; `handlers` has one entry for each procedure. */
export function createServer<C extends Contract>(
  contract: C,
  handlers: Handlers<C>,
  options: ServerOptions,
): Serve {
  const procedures = new Map<string, { procedure: Procedure; handler: AnyHandler }>();
  for (const [group, methods] of Object.entries(contract)) {
    for (const [method, procedure] of Object.entries(methods)) {
      const handler = handlers[group]?.[method] as AnyHandler;
      procedures.set(`${group}.${method}`, { procedure, handler });
    }
  }

  async function answer(request: Request): Promise<Response> {
    const name = `${request.group}.${request.method}`;
    const found = procedures.get(name);
    if (found === undefined) return refusal(request.id, "unknown", `There is no call "${name}".`);
    try {
      const input = found.procedure.input.safeParse(request.input);
      if (!input.success) {
        const why = input.error.issues.map((one) => `${one.path.join(".")}: ${one.message}`);
        return refusal(request.id, "refused", `"${name}" was refused. ${why.join("; ")}`);
      }
      const value = found.procedure.output.parse(await found.handler(input.data));
      return { id: request.id, ok: true, value };
    } catch (error) {
      if (error instanceof ExpectedFailure) {
        const { code, message, details } = error;
        return { id: request.id, ok: false, fault: { kind: "expected", code, message, details } };
      }
      options.onInternalError(error, name);
      return refusal(request.id, "internal", bugSentence);
    }
  }

  return async (message) => {
    const request = requestSchema.safeParse(message);
    if (!request.success) return refusal(0, "refused", "The message is not a Guildhall request.");
    return answer(request.data);
  };
}

function refusal(id: number, kind: Fault["kind"], message: string): Response {
  return { id, ok: false, fault: { kind, code: kind, message, details: {} } };
}
