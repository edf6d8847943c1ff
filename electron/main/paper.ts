/** The colour of the empty window, until the page has painted its own over it. */

/** `--surface-page` of the page's style sheet, by theme: no sheet of another colour flashes up. */
export const paper = { light: "#fbfaf7", dark: "#191816" } as const;
