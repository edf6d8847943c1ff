/** Searches of this device that no record answers: each can become a request, or be forgotten. */
import { MessageCircleQuestion, X } from "lucide-react";
import type { ReactElement } from "react";
import { useAsk, useTell } from "#renderer/platform/api.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Time } from "#renderer/ui/time.tsx";
import { useToast } from "#renderer/ui/toast.tsx";
import type { UnansweredSearch } from "#shared/contract/search.ts";
import { useRequest } from "./ask-for-it.tsx";
import styles from "./search-start.module.css";

type SearchedInVainProps = {
  /** Whether anybody sees it: how much there is by now is searched for. */
  readonly shown: boolean;
};

/** The list; nothing where every search found something. */
export function SearchedInVain({ shown }: SearchedInVainProps): ReactElement | null {
  const toast = useToast();
  const unanswered = useAsk("search", "unanswered", {}, { enabled: shown });
  const forgetting = useTell("search", "forgetUnanswered");
  const again = () => void unanswered.refetch();
  const forget = (which: { readonly texts?: string[] }) =>
    forgetting.mutate(which, { onSuccess: again, onError: toast.fail });
  const searches = unanswered.data ?? [];
  if (searches.length === 0) return null;
  return (
    <section aria-labelledby="searched-in-vain">
      <h2 id="searched-in-vain" className={styles.heading}>
        Searched for in vain
      </h2>
      <ul>
        {searches.map((search) => (
          <li key={search.text} className={styles.saved}>
            <RouteLink to={{ screen: "search", query: search.text }} className={styles.savedLink}>
              <span dir="auto">{search.text}</span>
              <span className={styles.note}>
                {times(search.count)} <Time iso={search.lastAt} />
              </span>
            </RouteLink>
            <WayOn search={search} onFiled={again} />
            <IconButton
              icon={X}
              size="small"
              label={`Forget ${search.text}`}
              onClick={() => forget({ texts: [search.text] })}
            />
          </li>
        ))}
      </ul>
      <p className={styles.hint}>
        This list stays on this device. A request says how often you searched only if you{" "}
        <RouteLink to={{ screen: "settings", section: "device" }}>agree to it</RouteLink>.{" "}
        <Button size="small" variant="quiet" onClick={() => forget({})}>
          Forget all
        </Button>
      </p>
    </section>
  );
}

type WayOnProps = { readonly search: UnansweredSearch; readonly onFiled: () => void };

/** What somebody wrote meanwhile, what was asked, or asking. */
function WayOn({ search, onFiled }: WayOnProps): ReactElement {
  const { text, found, request } = search;
  const { busy, file } = useRequest(text);
  if (found > 0) {
    return <span className={styles.note}>{found.toLocaleString()} found by now</span>;
  }
  if (request !== null) {
    return (
      <RouteLink to={{ screen: "record", id: request.id }} className={styles.note}>
        Asked for
      </RouteLink>
    );
  }
  return (
    <Button
      size="small"
      icon={MessageCircleQuestion}
      busy={busy}
      aria-label={`Ask for it: ${text}`}
      onClick={() => file(onFiled)}
    >
      Ask for it
    </Button>
  );
}

function times(count: number): string {
  return count === 1 ? "once," : `${count.toLocaleString()} times, last`;
}
