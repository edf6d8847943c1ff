/**
 * `npm test`: the check, then every test that needs a database, a document, a browser or a window.
 * What a machine lacks is installed where that is possible and named where it is not; a test that
 * cannot run stands in the closing summary, and fails the run in CI.
 */
import { checkSteps } from "./check.ts";
import { requireNode } from "./node-version.ts";
import { playwright } from "./playwright-step.ts";
import { runSteps, type Step, tool } from "./steps.ts";
import {
  carrierPackages,
  chromiumPackages,
  electronPackages,
  ensurePackages,
} from "./system-packages.ts";
import { provideTestElectron } from "./test-electron.ts";
import { hasDisplay, startVirtualDisplay } from "./virtual-display.ts";
import { vitest } from "./vitest-step.ts";

const steps: readonly Step[] = [
  ...checkSteps,
  vitest("Integration and component tests", ["integration", "component"]),
  vitest("Shared folders over Samba and Syncthing", ["carriers"], () =>
    ensurePackages(carrierPackages, console.log),
  ),
  vitest("Stories of shared folders", ["simulation"]),
  tool("Build of the app", "node", ["build/build.ts"]),
  playwright("End-to-end tests in Chromium", { project: "chromium", prepare: prepareChromium }),
  playwright("End-to-end tests in Electron", { project: "electron", prepare: prepareElectron }),
];

async function prepareChromium() {
  const missing = ensurePackages(chromiumPackages, console.log);
  return missing === undefined ? { environment: {} } : { missing };
}

async function prepareElectron() {
  const missing = ensurePackages(electronPackages, console.log);
  if (missing !== undefined) return { missing };
  const provided = await provideTestElectron(console.log);
  if ("missing" in provided) return provided;
  const display = hasDisplay() ? {} : { DISPLAY: (await startVirtualDisplay()).name };
  return { environment: { ...display, GUILDHALL_TEST_ELECTRON: provided.runtime.executable } };
}

requireNode();
process.exitCode = await runSteps("Test", steps);
// The virtual display ends with the process.
process.exit();
