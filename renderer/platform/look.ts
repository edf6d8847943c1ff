/** Looking at the shared folder now, for every button that says so. */
import { useEffect } from "react";
import { announce } from "#renderer/ui/announce.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import { RpcFault } from "#shared/rpc/wire.ts";
import { type Input, type Output, queryClient, useTell } from "./api.ts";

type Report = Output<"sharing", "sync">;

export type Look = {
  readonly busy: boolean;
  /** What went wrong is said; what came of it is for whoever wants to say it. */
  readonly look: (options?: Input<"sharing", "sync">, done?: (report: Report) => void) => void;
};

/** A look, and how the folder stands after it. */
export function useLook(): Look {
  const sync = useTell("sharing", "sync");
  const toast = useToast();
  return {
    busy: sync.isPending,
    look: (options = {}, done) =>
      sync.mutate(options, {
        onSuccess: (report) => done?.(report),
        onError: (error) => {
          // What keeps the folder away stands wherever it is looked from: no need to say it twice.
          const known = error instanceof RpcFault && error.fault.code.startsWith("folder_");
          if (known) announce(error.message);
          else toast.fail(error);
        },
        onSettled: freshen,
      }),
  };
}

/** Asks anew how sharing stands: a look that found nothing is no event, and its time is of interest. */
export function useFreshSharing(when = true): void {
  useEffect(() => {
    if (when) freshen();
  }, [when]);
}

function freshen(): void {
  void queryClient.invalidateQueries({ queryKey: ["sharing", "state"] });
}
