/**
 * The event stream of all tabs of one address. A browser opens six connections to it and no more, so
 * a stream for each tab would leave the sixth tab none for its calls: one tab, the one that holds a
 * lock, listens and tells the others. When it closes, the browser hands the lock to the next.
 */
import { z } from "zod";

const newsSchema = z.discriminatedUnion("kind", [
  /** The stream was opened anew; `open` only answers a tab that asked. */
  z.strictObject({ kind: z.enum(["opened", "open", "lost"]) }),
  z.strictObject({ kind: z.literal("event"), text: z.string() }),
  z.strictObject({ kind: z.literal("asked") }),
]);

/** What is to be known of the stream: that it is there or lost, and each event as JSON text. */
export type News = Exclude<z.infer<typeof newsSchema>, { readonly kind: "asked" }>;

const name = "guildhall-events";
/** A browser gives a stream up for good when it is refused; it is asked for again in this rhythm, in milliseconds. */
const reopening = 2000;

/** Tells all news from now on, whichever tab listens. */
export function followStream(hear: (news: News) => void): void {
  // Only a page from an address that is not trusted has no locks: then each tab listens by itself.
  if (!("locks" in navigator)) {
    listen(hear);
    return;
  }
  const others = new BroadcastChannel(name);
  let leads = false;
  let last: "open" | "lost" | undefined;
  const tell = (news: z.infer<typeof newsSchema>) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has its own origin only
    others.postMessage(news);
  };
  others.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    const news = newsSchema.parse(data);
    if (news.kind !== "asked") hear(news);
    else if (leads && last !== undefined) tell({ kind: last });
  });
  tell({ kind: "asked" });
  void navigator.locks.request(name, () => {
    leads = true;
    listen((news) => {
      if (news.kind !== "event") last = news.kind === "lost" ? "lost" : "open";
      tell(news);
      hear(news);
    });
    // Held until the tab is closed.
    return new Promise(() => {});
  });
}

/**
 * Listens. The browser itself reopens a broken stream; one that was refused, because a new start asks
 * for a new token, is reopened here: as soon as the new address has been opened in any tab, all go on.
 */
function listen(tell: (news: News) => void): void {
  const source = new EventSource("/events");
  source.addEventListener("open", () => tell({ kind: "opened" }));
  source.addEventListener("error", () => {
    tell({ kind: "lost" });
    if (source.readyState === source.CLOSED) setTimeout(() => listen(tell), reopening);
  });
  source.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    tell({ kind: "event", text: String(data) });
  });
}
