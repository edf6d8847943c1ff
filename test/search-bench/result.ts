/** What one engine's process measured, and over what. */
import type { EngineName } from "./engines/engines.ts";
import type { Relevance } from "./relevance.ts";
import type { Speed } from "./speed.ts";

export type RelevanceResult = {
  readonly engine: EngineName;
  readonly collection: string;
  readonly measured: Relevance;
};
export type SpeedResult = {
  readonly engine: EngineName;
  readonly size: number;
  readonly measured: Speed;
};
