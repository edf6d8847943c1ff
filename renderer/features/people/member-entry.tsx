/** One person who takes part: their roles, their devices, and what can be done about either. */
import { Ellipsis } from "lucide-react";
import { type ReactElement, useState } from "react";
import { useAct } from "#renderer/platform/act.ts";
import { useTell } from "#renderer/platform/api.ts";
import { TitleLink } from "#renderer/platform/title-link.tsx";
import { Badge } from "#renderer/ui/badge.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Menu, type MenuItem } from "#renderer/ui/menu.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { roleNames } from "#renderer/ui/role-names.ts";
import { useToast } from "#renderer/ui/toast.tsx";
import type { Member } from "#shared/contract/sharing.ts";
import { DeviceRow } from "./device-row.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { RemoveDialog, type Removal } from "./remove-dialog.tsx";
import { RolesDialog } from "./roles-dialog.tsx";
import type { Standing } from "./standing.ts";
import styles from "./people.module.css";

type MemberEntryProps = { readonly member: Member; readonly standing: Standing };
type Asking = { readonly kind: "none" | "roles" | "device" } | Removal;

/** The entry. */
export function MemberEntry({ member, standing }: MemberEntryProps): ReactElement {
  const [asking, setAsking] = useState<Asking>({ kind: "none" });
  const close = () => setAsking({ kind: "none" });
  const active = member.state === "active";
  const items: readonly MenuItem[] = [
    { label: "Roles…", onSelect: () => setAsking({ kind: "roles" }) },
    ...(active
      ? [{ label: "Add a device…", onSelect: () => setAsking({ kind: "device" }) } as const]
      : []),
    ...(active && !member.own
      ? ([
          "separator",
          {
            label: "Remove from the workspace…",
            danger: true,
            onSelect: () => setAsking({ kind: "person", member }),
          },
        ] as const)
      : []),
  ];
  const manages = standing.invites || member.own;
  return (
    <li className={styles.member}>
      <div className={styles.who}>
        <h3 className={styles.name}>
          <TitleLink to={{ screen: "record", id: member.person }}>{member.name}</TitleLink>
        </h3>
        {member.own && <span className={styles.quiet}>you</span>}
        {member.department !== null && (
          <span className={styles.quiet} dir="auto">
            {member.department.name}
          </span>
        )}
        {roleNames(member.roles).map((name) => (
          <Badge key={name}>{name}</Badge>
        ))}
        {active && member.roles.length === 0 && <Badge tone="warn">No role</Badge>}
        {!active && <Badge tone="bad">Removed</Badge>}
      </div>
      {manages && (
        <Menu
          trigger={
            <IconButton icon={Ellipsis} size="small" label={`What to do with ${member.name}`} />
          }
          items={items}
        />
      )}
      {member.late > 0 && <Late member={member} />}
      <ul className={styles.devices} aria-label={`Devices of ${member.name}`}>
        {member.devices.map((device) => (
          <DeviceRow
            key={device.id}
            device={device}
            removable={active && (standing.invites || member.own)}
            onRemove={() => setAsking({ kind: "device-of", member, device })}
          />
        ))}
      </ul>
      <RolesDialog open={asking.kind === "roles"} onClose={close} {...{ member, standing }} />
      <InviteDialog
        open={asking.kind === "device"}
        onClose={close}
        standing={standing}
        own={member}
        folder={null}
        further
      />
      <RemoveDialog
        removal={asking.kind === "person" || asking.kind === "device-of" ? asking : null}
        onClose={close}
      />
    </li>
  );
}

/** Work that was done honestly before the removal was heard of can be kept. */
function Late({ member }: { readonly member: Member }) {
  const toast = useToast();
  const adopt = useAct(useTell("sharing", "adopt"), ({ changes }) =>
    toast.show({
      message: `${changes.toLocaleString()} ${changes === 1 ? "change" : "changes"} of ${member.name} taken over.`,
    }),
  );
  const many = member.late > 1;
  return (
    <div className={styles.notice}>
      <Notice
        title={`${member.late.toLocaleString()} ${many ? "changes" : "change"} came in after the removal`}
        actions={
          <Button
            size="small"
            busy={adopt.busy}
            onClick={() => adopt.act({ person: member.person })}
          >
            Take {many ? "them" : "it"} over
          </Button>
        }
      >
        {many ? "They are" : "It is"} kept and not applied. If {member.name} wrote{" "}
        {many ? "them" : "it"} honestly before hearing of the removal, take {many ? "them" : "it"}{" "}
        over; nothing that is written later comes along.
      </Notice>
    </div>
  );
}
