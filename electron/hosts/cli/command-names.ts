/** The names of the commands, for whoever has to tell a command from something else. */

/** A test compares them with the program's own. */
export const commandNames: ReadonlySet<string> = new Set([
  "init",
  "check",
  "rebuild",
  "serve",
  "import",
  "export",
  "search",
  "list",
  "show",
  "new",
  "edit",
  "remove",
  "history",
  "diff",
  "restore",
  "help",
]);
