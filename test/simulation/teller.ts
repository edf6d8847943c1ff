/** A process that tells the story of each seed it is sent, until nobody listens any more. */
import process from "node:process";
import { z } from "zod";
import { simulate } from "./simulate.ts";

process.on("message", (message) => void tell(z.number().parse(message)));
process.on("disconnect", () => process.exit());

async function tell(seed: number): Promise<void> {
  const { violations } = await simulate(seed);
  process.send?.({ seed, violations });
}
