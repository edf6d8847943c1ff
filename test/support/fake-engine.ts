/**
 * An engine for component tests: the window's real client talks to it as to a loopback host. Import
 * it before anything of the renderer, which connects as soon as it is loaded. A call that the test
 * has not prepared is a failure of the test, not an empty answer.
 */
import { contract, type GuildhallHandlers } from "#shared/contract/index.ts";
import { ExpectedFailure, type Fault, requestSchema } from "#shared/rpc/wire.ts";

type Answers = { readonly [G in keyof GuildhallHandlers]?: Partial<GuildhallHandlers[G]> };

type Call = { readonly name: string; readonly input: unknown };

const streams = new Set<EventTarget>();

/** The page's stream of announcements. */
class FakeEventSource extends EventTarget {
  constructor() {
    super();
    streams.add(this);
    queueMicrotask(() => this.dispatchEvent(new Event("open")));
  }
}

/** jsdom lays nothing out: what scrolls gets a window's size and a row a row's, so that lists show. */
function giveSizes(): void {
  Object.defineProperties(HTMLElement.prototype, {
    clientHeight: { configurable: true, get: () => 720 },
    clientWidth: { configurable: true, get: () => 960 },
    offsetHeight: { configurable: true, get: () => 90 },
    offsetWidth: { configurable: true, get: () => 960 },
  });
  Object.assign(Element.prototype, { getAnimations: () => [], scrollTo: () => undefined });
}

class FakeResizeObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

let answers: Answers = {};
let calls: Call[] = [];
let unprepared: string[] = [];

if (typeof window !== "undefined") {
  Object.assign(globalThis, {
    EventSource: FakeEventSource,
    ResizeObserver: FakeResizeObserver,
    fetch: async (_: string, init: { readonly body: string }) => {
      const response = await answer(JSON.parse(init.body));
      return { ok: true, json: () => Promise.resolve(structuredClone(response)) };
    },
  });
  giveSizes();
}

async function answer(message: unknown): Promise<unknown> {
  const { id, group, method, input } = requestSchema.parse(message);
  const name = `${group}.${method}`;
  const procedure = (
    contract as Record<string, Record<string, { input: { parse: (value: unknown) => unknown } }>>
  )[group]?.[method];
  const handler = (answers as Record<string, Record<string, (value: unknown) => unknown>>)[group]?.[
    method
  ];
  if (procedure === undefined || handler === undefined) {
    unprepared.push(name);
    return fault(id, {
      kind: "unknown",
      code: "unknown",
      message: `${name} is not prepared`,
      details: {},
    });
  }
  const parsed = procedure.input.parse(input);
  calls.push({ name, input: parsed });
  try {
    return { id, ok: true, value: await handler(parsed) };
  } catch (error) {
    if (!(error instanceof ExpectedFailure)) throw error;
    const { code, message, details } = error;
    return fault(id, { kind: "expected", code, message, details });
  }
}

function fault(id: number, reason: Fault) {
  return { id, ok: false, fault: reason };
}

export type FakeEngine = {
  /** Calls so far, oldest first; of one procedure when named as `search.query`. */
  readonly calls: (name?: string) => readonly Call[];
  /** Announces an event to the page. */
  readonly announce: (event: string, payload: unknown) => void;
  /** Fails when the page asked for something the test had not prepared. */
  readonly assertPrepared: () => void;
};

/** Prepares what the engine answers from now on, and forgets what was asked before. */
export function fakeEngine(prepared: Answers): FakeEngine {
  answers = prepared;
  calls = [];
  unprepared = [];
  return {
    calls: (name) => calls.filter((call) => name === undefined || call.name === name),
    announce: (event, payload) => {
      for (const stream of streams) {
        stream.dispatchEvent(
          new MessageEvent("message", { data: JSON.stringify({ event, payload }) }),
        );
      }
    },
    assertPrepared: () => {
      if (unprepared.length > 0) throw new Error(`Not prepared: ${unprepared.join(", ")}`);
    },
  };
}
