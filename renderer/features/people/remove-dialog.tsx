/** Removing a person or a device, with what that means in words. */
import type { ReactElement } from "react";
import { useTell } from "#renderer/platform/api.ts";
import { Bullets } from "#renderer/ui/bullets.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import type { Member } from "#shared/contract/sharing.ts";
import { type Device, deviceName } from "./device-row.tsx";

export type Removal =
  | { readonly kind: "person"; readonly member: Member }
  | { readonly kind: "device-of"; readonly member: Member; readonly device: Device };

type RemoveDialogProps = {
  /** Null while nothing is asked. */
  readonly removal: Removal | null;
  readonly onClose: () => void;
};

/** The question. */
export function RemoveDialog({ removal, onClose }: RemoveDialogProps): ReactElement | null {
  const person = useTell("sharing", "removeMember");
  const device = useTell("sharing", "removeDevice");
  const toast = useToast();
  if (removal === null) return null;
  const { member } = removal;
  const what = removal.kind === "person" ? member.name : `device ${deviceName(removal.device)}`;
  const answer = {
    onSuccess: () => {
      onClose();
      toast.show({ message: `${what} is removed.` });
    },
  };
  function remove(): void {
    if (removal?.kind === "person") person.mutate({ person: member.person }, answer);
    if (removal?.kind === "device-of") device.mutate({ device: removal.device.id }, answer);
  }
  const failure = person.error ?? device.error;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remove ${what}?`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="danger" busy={person.isPending || device.isPending} onClick={remove}>
            Remove
          </Button>
        </>
      }
    >
      <Bullets>
        <li>
          What {removal.kind === "person" ? member.name : "it"} wrote until now stays, under the
          name of {member.name}.
        </li>
        <li>
          What is written there from now on is kept and not applied. If some of it was honest work
          done before the news arrived, you can take it over here.
        </li>
        <li>
          What is on that computer stays readable there. Withdraw the access to the shared folder,
          too: Guildhall cannot do that.
        </li>
        {removal.kind === "device-of" && (
          <li>{member.name} can go on with other devices, and join with a new one.</li>
        )}
        <li>To come back, a new invitation is needed.</li>
      </Bullets>
      {failure !== null && (
        <Notice tone="bad" live title="Nothing was removed">
          {failure.message}
        </Notice>
      )}
    </Dialog>
  );
}
