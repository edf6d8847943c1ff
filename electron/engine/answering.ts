/**
 * What stands before every handler of the engine, whatever its area: calls that cannot be answered
 * now are refused, and what the disk or the database refuses is told in a sentence.
 */
import type { Logger } from "./engine.ts";
import { asExpectedFailure, isStorageError } from "./db/storage-failure.ts";

type Options = {
  readonly logger: Logger;
  /** Throws where nothing may be answered yet. */
  readonly require?: () => void;
};

/** The handlers of a group, each behind both. */
export function answering<Handlers extends object>(handlers: Handlers, options: Options): Handlers {
  const told = (error: unknown): unknown => {
    if (!isStorageError(error)) return error;
    options.logger.error("storage.refused", error);
    return asExpectedFailure(error);
  };
  return new Proxy(handlers, {
    get: (target, name) => {
      const handler: unknown = Reflect.get(target, name);
      if (typeof handler !== "function") return handler;
      return (input: unknown): unknown => {
        options.require?.();
        try {
          const answer: unknown = Reflect.apply(handler, undefined, [input]);
          if (!(answer instanceof Promise)) return answer;
          return answer.catch((error: unknown) => {
            throw told(error);
          });
        } catch (error) {
          throw told(error);
        }
      };
    },
  });
}
