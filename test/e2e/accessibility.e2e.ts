/** Every screen passes axe (WCAG 2.2 A and AA) in the light and in the dark theme. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { appScreens, closeWhatFloats } from "#test/support/app-screens.ts";
import { floatingScreens } from "#test/support/floating-screens.ts";
import { sharedScreens } from "#test/support/shared-screens.ts";
import { expect, goTo, test } from "#test/support/app-test.ts";
import { shareScene } from "#test/support/shared-scene.ts";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds, one line a problem, so that a failing run says what to mend. */
async function problems(page: Page, where: string): Promise<readonly string[]> {
  // Legacy mode: axe would otherwise open a second page to sum up, and a window has only one.
  const builder = new AxeBuilder({ page }).setLegacyMode(true).withTags(rules);
  // A menu floats beside its button and belongs to no region of the page.
  if (where.includes("-menu")) builder.disableRules(["region"]);
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${where}: ${id} (${help}): ${html.slice(0, 160)}`),
  );
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`every screen is clean in the ${colorScheme} theme`, async ({ launch, sampleProfile }) => {
    test.setTimeout(900_000);
    const { page } = await launch({ profile: sampleProfile });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.getByRole("heading", { level: 1 }).waitFor();
    const found: string[] = [];
    for (const { name, open } of [...appScreens, ...floatingScreens]) {
      await test.step(name, async () => {
        await open(page);
        found.push(...(await problems(page, name)));
        await closeWhatFloats(page);
      });
    }
    expect(found).toEqual([]);
  });
}

test("every screen of a shared workspace is clean in both themes", async ({
  launch,
  sampleProfile,
  folder,
}) => {
  test.setTimeout(900_000);
  await shareScene(folder, sampleProfile);
  const { page } = await launch({ profile: sampleProfile });
  await page.getByRole("heading", { level: 1 }).waitFor();
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const { name, open } of sharedScreens) {
      await test.step(name, async () => {
        await open(page);
        found.push(...(await problems(page, `${name} ${colorScheme}`)));
        await closeWhatFloats(page);
      });
    }
  }
  expect(found).toEqual([]);
});

test("the first start is clean in both themes", async ({ launch }) => {
  const { page } = await launch();
  await page.getByRole("button", { name: "Open a sample workspace" }).waitFor();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await problems(page, `welcome ${colorScheme}`)).toEqual([]);
    for (const way of ["start", "join", "recover"]) {
      await goTo(page, `/share?way=${way}`);
      await page.getByRole("button", { name: "Back" }).waitFor();
      expect(await problems(page, `welcome ${way} ${colorScheme}`)).toEqual([]);
    }
    await goTo(page, "/");
    await page.getByRole("button", { name: "Open a sample workspace" }).waitFor();
  }
});

test("what is printed is dark on light, whatever the theme", async ({ launch, sampleProfile }) => {
  const { page } = await launch({ profile: sampleProfile });
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.emulateMedia({ colorScheme: "dark", media: "print" });
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  expect(await scheme()).toBe("light");
  await page.evaluate(() => {
    document.documentElement.dataset["theme"] = "dark";
  });
  expect(await scheme()).toBe("light");
});
