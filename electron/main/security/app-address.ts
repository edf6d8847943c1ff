/** The address of our own pages, and whether another address is one of them. Pure. */

/** Scheme of the bundled pages; the operating system also uses it for links to places in the app. */
export const appScheme = "guildhall";

/** Scheme of attachments and finished exports: another origin than the pages. */
export const assetScheme = "guildhall-asset";

/** Where the window starts. */
export const appAddress = `${appScheme}://app/`;

/** Whether the address is one of our own pages. Compares parsed parts, never text. */
export function isAppAddress(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    url.protocol === `${appScheme}:` &&
    url.hostname === "app" &&
    url.port === "" &&
    url.username === "" &&
    url.password === ""
  );
}
