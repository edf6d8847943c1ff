/**
 * The schema of a change, checked by hand: a tenth of the time, for the hundred thousands that a
 * newcomer reads. What it lets pass the schema lets pass; what it does not is held to the schema,
 * which alone decides.
 */
import { type ChangeBody, changeSchema } from "./change.ts";
import type { Json } from "./json.ts";

/** The change that a parsed JSON value says; undefined when it says none. */
export function readChangeBody(json: Json): ChangeBody | undefined {
  if (isPlainChange(json)) return json;
  const parsed = changeSchema.safeParse(json);
  return parsed.success ? parsed.data : undefined;
}

const recordId = /^[0-9a-hjkmnp-tv-z]{26}$/u;
const deviceId = /^[0-9a-hjkmnp-tv-z]{20}$/u;
const changeId = /^[0-9a-hjkmnp-tv-z]{20}-\d{1,6}-\d{1,12}-[0-9a-hjkmnp-tv-z]{6}$/u;
const timestamp = /^[0-9a-f]{11}-[0-9a-f]{4}$/u;
const textHash = /^[0-9a-hjkmnp-tv-z]{16}$/u;

/** Whether it is a change beyond doubt. False says nothing. */
export function isPlainChange(json: unknown): json is ChangeBody {
  const change: { readonly [key: string]: unknown } = isRecord(json) ? json : {};
  return (
    isCount(change["v"], 1) &&
    fits(deviceId, change["device"]) &&
    isCount(change["incarnation"], 0) &&
    isCount(change["sequence"], 1) &&
    fits(timestamp, change["at"]) &&
    fits(recordId, change["author"]) &&
    fits(recordId, change["record"]) &&
    isText(change["type"], 64) &&
    (change["action"] === undefined || fits(recordId, change["action"])) &&
    (change["on"] === undefined || fits(changeId, change["on"])) &&
    change["note"] === undefined &&
    Array.isArray(change["writes"]) &&
    change["writes"].every(isPlainWrite)
  );
}

function isPlainWrite(json: unknown): boolean {
  if (!isRecord(json) || !isText(json["path"], 200)) return false;
  switch (json["kind"]) {
    case "set":
      return areIds(json["after"]) && isFinite(json["value"]);
    case "text":
      return (
        areIds(json["after"]) &&
        fits(textHash, json["hash"]) &&
        (json["full"] === undefined || typeof json["full"] === "string") &&
        (json["edits"] === undefined || areEdits(json["edits"]))
      );
    case "members":
      return (
        isFiniteList(json["add"]) &&
        Array.isArray(json["remove"]) &&
        json["remove"].every(
          (one: unknown) => isRecord(one) && areIds(one["additions"]) && isFinite(one["value"]),
        )
      );
    default:
      return false;
  }
}

function isRecord(json: unknown): json is { readonly [key: string]: unknown } {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

function isCount(value: unknown, least: number): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= least;
}

function isText(value: unknown, most: number): boolean {
  return typeof value === "string" && value.length > 0 && value.length <= most;
}

function fits(pattern: RegExp, value: unknown): boolean {
  return typeof value === "string" && pattern.test(value);
}

function areIds(value: unknown): boolean {
  return Array.isArray(value) && value.every((id) => fits(changeId, id));
}

function areEdits(value: unknown): boolean {
  return Array.isArray(value) && value.every(isEdit);
}

function isEdit(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 3) return false;
  const [keep, drop, put]: readonly unknown[] = value;
  return Number.isSafeInteger(keep) && Number.isSafeInteger(drop) && typeof put === "string";
}

/** JSON can say a number that no double holds; it would come out as nothing when it is written. */
function isFinite(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return value !== undefined;
  return isFiniteList(Object.values(value));
}

function isFiniteList(value: unknown): boolean {
  return Array.isArray(value) && value.every(isFinite);
}
