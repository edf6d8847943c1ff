/** An invitation: for a new colleague with a role, or for a further device of somebody. */
import { type ReactElement, useState } from "react";
import { type Output, useTell } from "#renderer/platform/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import type { ComboboxOption } from "#renderer/ui/combobox.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import type { Member } from "#shared/contract/sharing.ts";
import { recordIdSchema } from "#shared/domain/ids.ts";
import type { Role } from "#shared/domain/roster/role.ts";
import { DepartmentChoice, departmentProblem } from "./department-choice.tsx";
import { InvitationCode } from "./invitation-code.tsx";
import { RoleChoice } from "./role-choice.tsx";
import type { Standing } from "./standing.ts";
import styles from "./people.module.css";

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
  const invite = useTell("sharing", "invite");
  const [made, setMade] = useState<Output<"sharing", "invite"> | null>(null);
  const device = further || !standing.invites;
  function close(): void {
    onClose();
    setMade(null);
    invite.reset();
  }
  const title = device ? `A further device of ${own?.name ?? "yours"}` : "Invite a colleague";
  return (
    <Dialog
      open={open}
      onClose={close}
      title={title}
      {...(made === null && { description: question(device) })}
      actions={made !== null && <Button onClick={close}>Done</Button>}
    >
      {made === null ? (
        <Question
          device={device}
          standing={standing}
          busy={invite.isPending}
          failure={invite.error?.message ?? null}
          onAsk={(role, departments) => {
            const person = device && own !== undefined ? { person: own.person } : {};
            invite.mutate(
              { role, departments: [...departments], ...person },
              { onSuccess: setMade },
            );
          }}
        />
      ) : (
        <InvitationCode {...made} folder={props.folder} />
      )}
    </Dialog>
  );
}

function question(device: boolean): string {
  return device
    ? "The code lets one more computer write in the same name. It can be used once, within seven days."
    : "The code lets one person in, once, within seven days. Your app admits them by itself when it is open.";
}

type QuestionProps = {
  readonly device: boolean;
  readonly standing: Standing;
  readonly busy: boolean;
  readonly failure: string | null;
  readonly onAsk: (
    role: Role,
    departments: readonly ReturnType<typeof recordIdSchema.parse>[],
  ) => void;
};

function Question({ device, standing, busy, failure, onAsk }: QuestionProps) {
  const [role, setRole] = useState<Role>("member");
  const [departments, setDepartments] = useState<readonly ComboboxOption[]>([]);
  const [tried, setTried] = useState(false);
  const problem = device ? null : departmentProblem(role, standing, departments);
  return (
    <div className={styles.form}>
      {!device && (
        <>
          <RoleChoice roles={standing.gives} value={role} onChange={setRole} />
          <DepartmentChoice
            role={role}
            standing={standing}
            value={departments}
            onChange={setDepartments}
            error={tried ? problem : null}
          />
        </>
      )}
      {failure !== null && (
        <Notice tone="bad" live title="No code was made">
          {failure}
        </Notice>
      )}
      <Button
        variant="primary"
        busy={busy}
        className={styles.submit}
        onClick={() => {
          setTried(true);
          if (problem !== null) return;
          onAsk(
            role,
            departments.map(({ value }) => recordIdSchema.parse(value)),
          );
        }}
      >
        Make the code
      </Button>
    </div>
  );
}
