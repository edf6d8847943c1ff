/** Stopping: nothing is deleted, here or in the folder. */
import { type ReactElement, useState } from "react";
import { useTell } from "#renderer/platform/api.ts";
import { navigate } from "#renderer/platform/navigation.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { Explanation } from "#renderer/ui/explanation.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { useToast } from "#renderer/ui/toast.tsx";

/** A button and the question behind it. */
export function Leave({ asking = false }: { readonly asking?: boolean }): ReactElement {
  const leave = useTell("sharing", "leave");
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const words = asking ? "Stop asking" : "Stop sharing on this device";
  function stop(): void {
    leave.mutate(
      {},
      {
        onSuccess: () => {
          close();
          toast.show({
            message: "This workspace is not shared any more. Everything is still here.",
          });
          navigate({ screen: "share" }, { replace: true });
        },
      },
    );
  }
  return (
    <div>
      <Button onClick={() => setOpen(true)}>{words}…</Button>
      <Dialog
        open={open}
        onClose={close}
        title={asking ? "Stop asking to join?" : "Stop sharing on this device?"}
        actions={
          <>
            <Button onClick={close}>Go on sharing</Button>
            <Button variant="danger" busy={leave.isPending} onClick={stop}>
              {words}
            </Button>
          </>
        }
      >
        <Explanation>
          Everything stays here and in the folder. Nothing is sent or received on this device from
          then on; what waits to be sent stays here. To come back, you need a new code.
        </Explanation>
        {leave.error !== null && (
          <Notice tone="bad" live>
            {leave.error.message}
          </Notice>
        )}
      </Dialog>
    </div>
  );
}
