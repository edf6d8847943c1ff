/** Refuses a Node that is too old, with what to do, before anything fails in a stranger way. */

const oldest = [22, 14] as const;

/** Ends the process with a sentence when this Node cannot load the database (Node-API 10). */
export function requireNode(): void {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  console.error(
    `Guildhall needs Node ${oldest.join(".")} or newer and found ${process.versions.node}. ` +
      "`npm ci` installs a fitting one inside the project: run it without --ignore-scripts, and start with `npm start`.",
  );
  process.exit(1);
}
