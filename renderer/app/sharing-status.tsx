/** How sharing is doing, in the corner of every screen: a sign with words, and the rest behind it. */
import { CircleCheck, CircleDashed, RefreshCw, TriangleAlert } from "lucide-react";
import { type ReactElement, type ReactNode, useEffect, useRef, useState } from "react";
import { useAsk } from "#renderer/platform/api.ts";
import { useFreshSharing, useLook } from "#renderer/platform/look.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { announce } from "#renderer/ui/announce.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Popover } from "#renderer/ui/popover.tsx";
import { sharingWords } from "#renderer/ui/sharing-words.ts";
import { Time } from "#renderer/ui/time.tsx";
import type { SharingState } from "#shared/contract/sharing.ts";
import type { Route } from "#shared/navigation/route.ts";
import styles from "./sharing-status.module.css";

const icons = { calm: CircleCheck, waiting: CircleDashed, trouble: TriangleAlert } as const;

/** Nothing while nothing is shared. */
export function SharingStatus(): ReactElement | null {
  const state = useAsk("sharing", "state", {});
  const [open, setOpen] = useState(false);
  const said = state.data === undefined ? null : sharingWords(state.data);
  useSayWhenChanged(said?.words);
  useFreshSharing(open);
  if (said === null || state.data === undefined) return null;
  return (
    <Popover
      title="Sharing"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button
          variant="quiet"
          icon={icons[said.mood]}
          className={styles[said.mood] ?? ""}
          aria-label={`Sharing: ${said.words}`}
          title={said.words}
        >
          <span className={styles.words}>{said.words}</span>
        </Button>
      }
    >
      <Details state={state.data} onLeave={() => setOpen(false)} />
    </Popover>
  );
}

/** What a glance tells others is said to a screen reader; not at the start, when nothing has changed. */
function useSayWhenChanged(words: string | undefined): void {
  const before = useRef<string | undefined>(undefined);
  useEffect(() => {
    const known = before.current;
    before.current = words;
    if (known !== undefined && words !== undefined && known !== words)
      announce(`Sharing: ${words}`);
  }, [words]);
}

type DetailsProps = { readonly state: SharingState; readonly onLeave: () => void };

function Details({ state, onLeave }: DetailsProps) {
  const { lastReceived, lastSent, lastLooked, waiting, problem, conflicts } = state;
  const { busy, look } = useLook();
  const aside = state.setAside + state.missing;
  return (
    <>
      {problem !== null && <p className={styles.problem}>{problem.sentence}</p>}
      <dl className={styles.facts}>
        <dt>Last received</dt>
        <dd>{lastReceived === null ? "Nothing yet" : <Time iso={lastReceived} />}</dd>
        <dt>Last sent</dt>
        <dd>{lastSent === null ? "Nothing yet" : <Time iso={lastSent} />}</dd>
        <dt>Waiting to be sent</dt>
        <dd>{waiting === 0 ? "Nothing" : changes(waiting)}</dd>
        <dt>Last looked</dt>
        <dd>{lastLooked === null ? "Not since the start" : <Time iso={lastLooked} />}</dd>
      </dl>
      <Button icon={RefreshCw} busy={busy || state.busy} onClick={() => look()}>
        Look now
      </Button>
      <ul className={styles.links}>
        {conflicts > 0 && (
          <Link to={{ screen: "conflicts" }} onLeave={onLeave}>
            {conflicts === 1 ? "1 conflict" : `${conflicts.toLocaleString()} conflicts`}
          </Link>
        )}
        <Link to={{ screen: "folder" }} onLeave={onLeave}>
          Folder health{aside > 0 && ` (${aside.toLocaleString()})`}
        </Link>
        <Link to={{ screen: "share" }} onLeave={onLeave}>
          All about sharing
        </Link>
      </ul>
    </>
  );
}

type LinkProps = {
  readonly to: Route;
  readonly onLeave: () => void;
  readonly children: ReactNode;
};

function Link({ to, onLeave, children }: LinkProps) {
  return (
    <li>
      <RouteLink to={to} onClick={onLeave}>
        {children}
      </RouteLink>
    </li>
  );
}

function changes(count: number): string {
  return `${count.toLocaleString()} ${count === 1 ? "change" : "changes"}`;
}
