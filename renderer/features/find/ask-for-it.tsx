/** Turns a search into a request that somebody who knows can answer. */
import { MessageCircleQuestion } from "lucide-react";
import type { ReactElement } from "react";
import { type Output, useTell } from "#renderer/platform/api.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { showDone } from "#renderer/platform/undo.ts";
import { Button, buttonClass } from "#renderer/ui/button.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { useToast } from "#renderer/ui/toast.tsx";

/** Asking for what was searched. `made` is the request, once there is one. */
export type Asking = {
  readonly made: Output<"search", "requestUnanswered"> | undefined;
  readonly busy: boolean;
  readonly file: (onFiled?: () => void) => void;
};

/** Files a request of the words; where somebody asked for the same, it is a vote for theirs. */
export function useRequest(words: string): Asking {
  const toast = useToast();
  const ask = useTell("search", "requestUnanswered");
  return {
    made: ask.variables?.text === words ? ask.data : undefined,
    busy: ask.isPending,
    file: (onFiled) =>
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

type AskForItProps = {
  readonly asking: Asking;
  /** Stands back behind results that may be it after all. */
  readonly quiet?: boolean;
};

/** A question in one click; nothing once it is asked. */
export function AskForIt({ asking, quiet = false }: AskForItProps): ReactElement | null {
  if (asking.made !== undefined) return null;
  return (
    <p>
      {quiet ? "None of these?" : "Somebody may know."}{" "}
      <Button
        variant={quiet ? "secondary" : "primary"}
        size="small"
        icon={MessageCircleQuestion}
        busy={asking.busy}
        onClick={() => asking.file()}
      >
        Ask for it
      </Button>
    </p>
  );
}

type AskedProps = { readonly made: NonNullable<Asking["made"]> };

/** What came of asking. It stays, although the request itself is soon among the results. */
export function Asked({ made: { request, fresh } }: AskedProps): ReactElement {
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
