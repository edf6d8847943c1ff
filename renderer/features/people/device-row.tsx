/** One device of a person, and what is odd about it. */
import type { ReactElement } from "react";
import { Badge } from "#renderer/ui/badge.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Time } from "#renderer/ui/time.tsx";
import type { Member } from "#shared/contract/sharing.ts";
import styles from "./people.module.css";

export type Device = Member["devices"][number];

type DeviceRowProps = {
  readonly device: Device;
  readonly removable: boolean;
  readonly onRemove: () => void;
};

/** What a device is called: there is no name but the first letters of its key. */
export function deviceName({ id }: Device): string {
  return id.slice(0, 8);
}

/** The row. */
export function DeviceRow({ device, removable, onRemove }: DeviceRowProps): ReactElement {
  const { own, state, lastSeen, version, changes, clockAhead, forked } = device;
  return (
    <li className={styles.device}>
      <span>
        Device <code title={device.id}>{deviceName(device)}</code>
      </span>
      {own && <Badge tone="info">This device</Badge>}
      {state === "removed" && <Badge tone="bad">Removed</Badge>}
      {!own && (
        <span>
          {lastSeen === null ? (
            "Not seen yet"
          ) : (
            <>
              Seen <Time iso={lastSeen} />
            </>
          )}
        </span>
      )}
      <span>
        {changes.toLocaleString()} {changes === 1 ? "change" : "changes"}
      </span>
      {version !== null && version !== "" && <span>Version {version}</span>}
      {clockAhead !== null && (
        <span className={styles.warning}>
          Its clock was {ahead(clockAhead)} ahead: its changes win over later ones until it is set
          right.
        </span>
      )}
      {forked && (
        <span className={styles.warning}>
          Two copies of Guildhall write as this device. Everything of both is kept; remove it and
          let one of them join anew.
        </span>
      )}
      {removable && state === "active" && !own && (
        <span className={styles.end}>
          <Button
            size="small"
            variant="quiet"
            aria-label={`Remove device ${deviceName(device)}`}
            onClick={onRemove}
          >
            Remove…
          </Button>
        </span>
      )}
    </li>
  );
}

function ahead(minutes: number): string {
  const [amount, unit] =
    minutes < 120
      ? [minutes, "minute"]
      : minutes < 48 * 60
        ? [Math.round(minutes / 60), "hour"]
        : [Math.round(minutes / 1440), "day"];
  return `${amount.toLocaleString()} ${unit}${amount === 1 ? "" : "s"}`;
}
