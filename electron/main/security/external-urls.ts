/** The single way out of the app: an https or mailto address, and a question before a new site. */

/** Whether the operating system may be asked to open it. Exhaustive: what is not listed is refused. */
export function isSafeExternalUrl(url: unknown): url is string {
  if (typeof url !== "string" || url.length > 4000) return false;
  // Control characters and spaces mean that somebody hides what the address is.
  if (/[\p{Cc}\s]/u.test(url)) return false;
  const parsed = URL.parse(url);
  if (parsed === null) return false;
  if (parsed.protocol === "mailto:") return isPlainMail(parsed);
  if (parsed.protocol !== "https:") return false;
  return parsed.hostname !== "" && parsed.username === "" && parsed.password === "";
}

/** Some mail programs attach files that a link names; ours never do. */
function isPlainMail(url: URL): boolean {
  const harmless = new Set(["subject", "body", "cc", "to"]);
  return (
    url.pathname.includes("@") &&
    [...url.searchParams.keys()].every((key) => harmless.has(key.toLowerCase()))
  );
}

type ExternalOptions = {
  /** Asks a person whether to open a site for the first time in this run. */
  readonly confirm: (site: string) => Promise<boolean>;
  /** Hands the address to the operating system. */
  readonly open: (url: string) => Promise<void>;
};

/** Makes the one trusted entry point: false when it was refused or the person said no. */
export function createExternalOpener(options: ExternalOptions): (url: unknown) => Promise<boolean> {
  const confirmed = new Set<string>();
  return async (url) => {
    if (!isSafeExternalUrl(url)) return false;
    const { protocol, hostname } = new URL(url);
    if (protocol === "https:" && !confirmed.has(hostname)) {
      if (!(await options.confirm(hostname))) return false;
      confirmed.add(hostname);
    }
    await options.open(url);
    return true;
  };
}
