/** Says once what came of a search, so that those without an answer can be counted on this device. */
import { useEffect, useEffectEvent, useRef } from "react";
import { type Output, useTell } from "#renderer/platform/api.ts";
import { currentRoute } from "#renderer/platform/navigation.tsx";

type Answer = Output<"search", "query">;

/** A search ends when its field is emptied or its screen is left, for one of its hits or not. */
export function useSearchEnded(
  query: string,
  found: { readonly answer: Answer | undefined; readonly asked: string },
): void {
  const ended = useTell("search", "ended");
  const last = useRef<typeof found | null>(null);
  const blank = query.trim() === "";

  useEffect(() => {
    if (!blank && found.answer !== undefined && found.asked === query) last.current = found;
  });

  const end = useEffectEvent(() => {
    const { answer, asked } = last.current ?? {};
    last.current = null;
    if (answer === undefined || asked === undefined) return;
    const route = currentRoute();
    const opened = route.screen === "record" && answer.hits.some(({ id }) => id === route.id);
    ended.mutate({ text: asked, opened });
  });

  useEffect(() => {
    if (blank) end();
  }, [blank]);
  useEffect(() => end, []);
}
