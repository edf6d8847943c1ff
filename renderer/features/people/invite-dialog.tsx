/** An invitation: for a new colleague with a role, or for a further device of somebody. */
import { type ReactElement, useId, useState } from "react";
import { type Output, useTell } from "#renderer/platform/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import type { Member } from "#shared/contract/sharing.ts";
import type { RecordId } from "#shared/domain/ids.ts";
import type { Role } from "#shared/domain/roster/role.ts";
import { InvitationCode } from "./invitation-code.tsx";
import { RoleForm } from "./role-form.tsx";
import type { Standing } from "./standing.ts";

type InviteDialogProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly standing: Standing;
  /** Whose further device it would be. */
  readonly own: Member | undefined;
  /** What the folder is called, for the message to the colleague. */
  readonly folder: string | null;
  /** For a further device only. */
  readonly further?: boolean;
};

/** The dialog: the question first, then the code. */
export function InviteDialog(props: InviteDialogProps): ReactElement {
  const { open, onClose, standing, own, further = false } = props;
  const form = useId();
  const invite = useTell("sharing", "invite");
  const [made, setMade] = useState<Output<"sharing", "invite"> | null>(null);
  const device = further || !standing.invites;
  function close(): void {
    onClose();
    setMade(null);
    invite.reset();
  }
  function ask(role: Role, departments: RecordId[]): void {
    const person = device && own !== undefined ? { person: own.person } : {};
    invite.mutate({ role, departments, ...person }, { onSuccess: setMade });
  }
  const failure = { title: "No code was made", error: invite.error };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={device ? `A further device of ${own?.name ?? "yours"}` : "Invite a colleague"}
      {...(made === null && { description: question(device) })}
      actions={
        made === null ? (
          <Button
            variant="primary"
            busy={invite.isPending}
            {...(device ? { onClick: () => ask("member", []) } : { type: "submit", form })}
          >
            Make the code
          </Button>
        ) : (
          <Button onClick={close}>Done</Button>
        )
      }
    >
      {made !== null ? (
        <InvitationCode {...made} folder={props.folder} />
      ) : device ? (
        invite.error !== null && (
          <Notice tone="bad" live title={failure.title}>
            {invite.error.message}
          </Notice>
        )
      ) : (
        <RoleForm id={form} standing={standing} onGive={ask} failure={failure} />
      )}
    </Dialog>
  );
}

function question(device: boolean): string {
  return device
    ? "The code lets one more computer write in the same name. It can be used once, within seven days."
    : "The code lets one person in, once, within seven days. Your app admits them by itself when it is open.";
}
