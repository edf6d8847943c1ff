/** Turns a search into a request that somebody who knows can answer. */
import { MessageCircleQuestion } from "lucide-react";
import type { ReactElement } from "react";
import { useTell } from "#renderer/platform/api.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { showDone } from "#renderer/platform/undo.ts";
import { Button, buttonClass } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { useToast } from "#renderer/ui/toast.tsx";

type AskForItProps = {
  /** What was looked for. */
  readonly words: string;
  /** Stands back behind results that may be it after all. */
  readonly quiet?: boolean;
};

/** Files the request; where somebody asked for the same, it is a vote for theirs. */
export function useRequest() {
  const toast = useToast();
  const ask = useTell("search", "requestUnanswered");
  return {
    made: ask.data,
    busy: ask.isPending,
    file: (words: string, onFiled?: () => void) =>
      ask.mutate(
        { text: words },
        {
          onSuccess: ({ fresh, action }) => {
            showDone(fresh ? "The request is filed." : "Your vote is added.", action);
            onFiled?.();
          },
          onError: toast.fail,
        },
      ),
  };
}

/** A question in one click. */
export function AskForIt({ words, quiet = false }: AskForItProps): ReactElement {
  const { made, busy, file } = useRequest();
  if (made !== undefined) {
    const { request, fresh } = made;
    return (
      <Notice
        tone="good"
        title={fresh ? "Your question is written down" : "Somebody asked for this before you"}
        live
        actions={
          <RouteLink
            to={{ screen: "record", id: request }}
            className={buttonClass("secondary", "small")}
          >
            Open the request
          </RouteLink>
        }
      >
        {fresh
          ? "Whoever knows can now answer it, and others can say that they need it too."
          : "The request now says that you need it too."}
      </Notice>
    );
  }
  return (
    <p>
      {quiet ? "None of these?" : "Somebody may know."}{" "}
      <Button
        variant={quiet ? "secondary" : "primary"}
        size="small"
        icon={MessageCircleQuestion}
        busy={busy}
        onClick={() => file(words)}
      >
        Ask for it
      </Button>
    </p>
  );
}
