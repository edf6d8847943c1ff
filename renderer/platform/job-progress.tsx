/** A job of the engine that runs, and the way to stop it. */
import type { ReactElement } from "react";
import { Button } from "#renderer/ui/button.tsx";
import { ProgressBar } from "#renderer/ui/progress-bar.tsx";
import type { Job } from "#shared/contract/jobs.ts";
import { useTell } from "./api.ts";

type JobProgressProps = {
  readonly id: string;
  /** Undefined until the engine has told of it. */
  readonly job: Job | undefined;
  readonly label: string;
};

/** How far it has come, with a button that cancels it. */
export function JobProgress({ id, job, label }: JobProgressProps): ReactElement {
  const cancel = useTell("jobs", "cancel");
  return (
    <ProgressBar
      label={label}
      done={job?.done ?? 0}
      total={job?.total ?? null}
      action={
        <Button busy={cancel.isPending} onClick={() => cancel.mutate({ id })}>
          Cancel
        </Button>
      }
    />
  );
}
