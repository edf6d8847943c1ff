/** The navigation: the places of the house, each with how much is there. */
import {
  BookOpen,
  FilePen,
  FolderInput,
  House,
  type LucideIcon,
  Search,
  Settings,
  SlidersHorizontal,
  Split,
  Trash2,
  Users,
} from "lucide-react";
import { type ReactElement, type ReactNode, useId } from "react";
import { recordTypeNames } from "#shared/domain/record-type-name.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { formatRoute, type Route } from "#shared/navigation/route.ts";
import { askAhead, useAsk } from "#renderer/platform/api.ts";
import { RouteLink, useRouteValue } from "#renderer/platform/navigation.tsx";
import { statusLabel } from "#renderer/ui/status-badge.tsx";
import { typeIcon } from "#renderer/ui/type-icon.tsx";
import styles from "./sidebar.module.css";

const knowledge = ["playbook", "lesson", "request"] as const;
const firstDepartments = { type: "department", sort: "title", limit: 8 } as const;

/** Asks what the navigation says, before it is drawn. */
export function askSidebarAhead(): readonly Promise<void>[] {
  return [
    askAhead("records", "counts", {}),
    askAhead("drafts", "list", {}),
    askAhead("sharing", "state", {}),
    askAhead("records", "list", firstDepartments),
    askAhead("search", "saved", {}),
  ];
}

/** Every place there is, grouped as people look for them. */
export function Sidebar(): ReactElement {
  const counts = useAsk("records", "counts", {});
  const drafts = useAsk("drafts", "list", {});
  const known: readonly string[] = recordTypeNames;
  const newer = (counts.data?.types ?? [])
    .map(({ type }) => type)
    .filter((t) => !known.includes(t));
  const rest = [...known.filter((type) => !knowledge.some((k) => k === type)), ...newer];
  const countOf = (type: string) =>
    counts.data?.types.find((entry) => entry.type === type)?.count ?? 0;
  const typePlace = (type: string) => (
    <Place
      key={type}
      to={{ screen: "list", type }}
      icon={typeIcon(type)}
      label={recordTypeOf(type)?.plural ?? statusLabel(type)}
      count={countOf(type)}
    />
  );
  return (
    <nav className={styles.sidebar} aria-label="Main">
      <Owner />
      <div className={styles.places}>
        <Places>
          <Place to={{ screen: "home" }} icon={House} label="Home" />
          <Place to={{ screen: "search", query: "" }} icon={Search} label="Search" />
        </Places>
        <Places label="Knowledge">{knowledge.map(typePlace)}</Places>
        <Places label="People and tools">{rest.map(typePlace)}</Places>
        <Departments />
        <SavedSearches />
      </div>
      <Places>
        <Place
          to={{ screen: "drafts" }}
          icon={FilePen}
          label="Drafts"
          count={drafts.data?.length ?? 0}
        />
        <Place to={{ screen: "import" }} icon={FolderInput} label="Import and export" />
        <Place to={{ screen: "publish" }} icon={BookOpen} label="Publish" />
        <Place
          to={{ screen: "trash" }}
          icon={Trash2}
          label="Trash"
          count={counts.data?.trash ?? 0}
        />
        <Sharing />
        <Place to={{ screen: "settings" }} icon={Settings} label="Settings" />
      </Places>
    </nav>
  );
}

function Owner() {
  const state = useAsk("workspace", "state", {});
  return (
    <div className={styles.owner}>
      <span className={styles.wordmark}>Guildhall</span>
      <span className={styles.person} dir="auto">
        {state.data?.sample === true ? "Sample workspace · fiction" : state.data?.department?.name}
      </span>
    </div>
  );
}

/** Conflicts have a place of their own for as long as there are any. */
function Sharing() {
  const sharing = useAsk("sharing", "state", {});
  const conflicts = sharing.data?.conflicts ?? 0;
  return (
    <>
      {conflicts > 0 && (
        <Place to={{ screen: "conflicts" }} icon={Split} label="Conflicts" count={conflicts} />
      )}
      <Place to={{ screen: "share" }} icon={Users} label="Sharing" />
    </>
  );
}

function Departments() {
  const departments = useAsk("records", "list", firstDepartments);
  const { total = 0, records = [] } = departments.data ?? {};
  if (total === 0) return null;
  return (
    <Places label="Departments">
      {records.map(({ id, title }) => (
        <Place
          key={id}
          to={{ screen: "search", query: `department:${quoted(title)} `, sort: "date" }}
          label={title}
        />
      ))}
      {total > records.length && (
        <Place
          to={{ screen: "list", type: "department" }}
          label={`All ${total.toLocaleString()} departments`}
        />
      )}
    </Places>
  );
}

function SavedSearches() {
  const saved = useAsk("search", "saved", {});
  if (saved.data === undefined || saved.data.length === 0) return null;
  return (
    <Places label="Saved searches">
      {saved.data.map(({ id, name, text, sort, count }) => (
        <Place
          key={id}
          to={{ screen: "search", query: text, sort }}
          icon={SlidersHorizontal}
          label={name}
          count={count}
        />
      ))}
    </Places>
  );
}

/** A value as the query language takes it. */
function quoted(value: string): string {
  return /[\s"]/u.test(value) ? `"${value.replaceAll('"', "")}"` : value;
}

function Places({ label, children }: { readonly label?: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.group} aria-labelledby={label === undefined ? undefined : id}>
      {label !== undefined && (
        <h2 id={id} className={styles.heading}>
          {label}
        </h2>
      )}
      <ul>{children}</ul>
    </section>
  );
}

type PlaceProps = {
  readonly to: Route;
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly count?: number;
};

function Place({ to, label, icon: Icon, count = 0 }: PlaceProps) {
  const here = useRouteValue((route) => isHere(route, to));
  return (
    <li>
      <RouteLink to={to} className={styles.place} aria-current={here ? "page" : undefined}>
        {Icon !== undefined && <Icon className={styles.icon} aria-hidden="true" />}
        <span className={styles.label} dir="auto" title={label}>
          {label}
        </span>
        {count > 0 && <span className={styles.count}>{count.toLocaleString()}</span>}
      </RouteLink>
    </li>
  );
}

function isHere(route: Route, place: Route): boolean {
  if (route.screen === "list" && place.screen === "list") return route.type === place.type;
  if (route.screen === "members" || route.screen === "folder") return place.screen === "share";
  if (route.screen === "share") return place.screen === "share";
  if (route.screen === "settings") return place.screen === "settings";
  if (route.screen === "export") return place.screen === "import";
  return route.screen === place.screen && formatRoute(route) === formatRoute(place);
}
