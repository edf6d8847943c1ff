/** Every device that takes part, when it was last heard of, and what is odd about it. */
import type { ReactElement } from "react";
import { useAsk } from "#renderer/platform/api.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Badge } from "#renderer/ui/badge.tsx";
import { Explanation } from "#renderer/ui/explanation.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { scrollable } from "#renderer/ui/scrollable.ts";
import { Section } from "#renderer/ui/section.tsx";
import { Time } from "#renderer/ui/time.tsx";
import type { Member } from "#shared/contract/sharing.ts";
import styles from "./folder-health.module.css";

type Row = Member["devices"][number] & { readonly person: string };

/** A table, the one heard of last first; nothing before anybody is known. */
export function Devices(): ReactElement | null {
  const members = useAsk("sharing", "members", {});
  if (members.error !== null) return <Notice tone="bad">{members.error.message}</Notice>;
  const rows: readonly Row[] = (members.data ?? [])
    .flatMap((member) => member.devices.map((device) => ({ ...device, person: member.name })))
    .toSorted((a, b) => (b.lastSeen ?? "").localeCompare(a.lastSeen ?? ""));
  if (rows.length === 0) return null;
  const odd = rows.filter((one) => one.clockAhead !== null || one.forked);
  return (
    <Section title="Devices" count={rows.length.toLocaleString()}>
      {odd.map((device) => (
        <Odd key={device.id} device={device} />
      ))}
      <div className={styles.scroll} {...scrollable("Table of devices")}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Person</th>
              <th scope="col">Device</th>
              <th scope="col">Last seen</th>
              <th scope="col">Version</th>
              <th scope="col" className={styles.number}>
                Changes
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.id}>
                <th scope="row" dir="auto">
                  {one.person}
                </th>
                <td>
                  <code>{one.id.slice(0, 8)}</code>{" "}
                  {one.own && <Badge tone="info">This device</Badge>}
                  {one.state === "removed" && <Badge tone="bad">Removed</Badge>}
                </td>
                <td>
                  {one.own ? "Now" : one.lastSeen === null ? "Never" : <Time iso={one.lastSeen} />}
                </td>
                <td>{one.version ?? ""}</td>
                <td className={styles.number}>{one.changes.toLocaleString()}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Explanation>
        Roles, invitations and removals are under{" "}
        <RouteLink to={{ screen: "members" }}>People and roles</RouteLink>.
      </Explanation>
    </Section>
  );
}

function Odd({ device }: { readonly device: Row }) {
  const name = `Device ${device.id.slice(0, 8)} of ${device.person}`;
  return (
    <>
      {device.clockAhead !== null && (
        <Notice tone="warn" title={`${name}: the clock is ahead`}>
          By {device.clockAhead.toLocaleString()} minutes when it was last heard of. What it writes
          wins over what others write later. Ask {device.person} to set the clock by the network.
        </Notice>
      )}
      {device.forked && (
        <Notice tone="warn" title={`${name}: two copies write as one`}>
          A profile was copied or restored elsewhere. Everything of both is kept. Remove the device
          and let one of the copies join anew.
        </Notice>
      )}
    </>
  );
}
