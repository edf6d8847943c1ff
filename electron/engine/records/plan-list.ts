/** The writes that bring an ordered list to the asked elements. */
import type { Write } from "#shared/domain/change.ts";
import { positionsBetween } from "#shared/domain/fractional-index.ts";
import { isObject, type Json, sameJson } from "#shared/domain/json.ts";
import { elementPath } from "#shared/domain/path.ts";
import { type Fields, type ListElement, listElements } from "#shared/domain/record-fields.ts";
import { own, type RecordState, type RegisterHead } from "#shared/domain/record-state.ts";

type Asked = {
  readonly base: RecordState | undefined;
  readonly now: RecordState | undefined;
  readonly name: string;
  readonly value: Json;
  /** Whether this version knows the part of an element: one it does not know is kept. */
  readonly knows: (part: string) => boolean;
  readonly newElementId: () => string;
};

type Wanted = {
  readonly id: string;
  readonly value: Fields;
  /** What the element was when the writer saw it. */
  readonly was: ListElement | undefined;
};

/** Writes the elements that are new, changed or moved, and removes the ones that are gone. */
export function planList(asked: Asked): readonly Write[] {
  const { base, now, name } = asked;
  const elements = base === undefined ? [] : listElements(base, name);
  const wanted = wantedElements(asked, elements);
  const positions = positionsFor(wanted);
  const kept = new Set(wanted.map((element) => element.id));
  const headsIn = (state: RecordState | undefined, id: string): readonly RegisterHead[] =>
    own(state?.registers ?? {}, elementPath(name, id)) ?? [];
  const write = (id: string, value: Json): readonly Write[] => {
    const seen = headsIn(base, id);
    const stands = headsIn(now, id);
    const [only, ...others] = stands;
    if (only && others.length === 0 && sameJson(only.value, value)) return [];
    return [
      { kind: "set", path: elementPath(name, id), value, after: seen.map((head) => head.change) },
    ];
  };
  return [
    ...wanted.flatMap(({ id, value }, index) =>
      write(id, { ...value, position: positions[index] ?? "" }),
    ),
    ...elements.filter(({ id }) => !kept.has(id)).flatMap(({ id }) => write(id, null)),
  ];
}

/** Pairs what is asked with what is there: by id, and where none is given by what it says. */
function wantedElements(asked: Asked, elements: readonly ListElement[]): readonly Wanted[] {
  const items: readonly Json[] = Array.isArray(asked.value) ? asked.value : [];
  const parts = items.filter((item) => item !== null).map(partsOf);
  const free = new Map(elements.map((element) => [element.id, element]));
  for (const { id } of parts) if (id !== undefined) free.delete(id);
  const taken = new Set<string>();
  return parts.map(({ id, value }): Wanted => {
    if (id !== undefined && !taken.has(id)) {
      taken.add(id);
      const was = elements.find((element) => element.id === id);
      return { id, value: { ...unknownParts(was, asked.knows), ...value }, was };
    }
    const was = free.values().find((element) => sameJson(element.value, value));
    if (was !== undefined) free.delete(was.id);
    return { id: was?.id ?? asked.newElementId(), value, was };
  });
}

function unknownParts(was: ListElement | undefined, knows: Asked["knows"]): Fields {
  return Object.fromEntries(Object.entries(was?.value ?? {}).filter(([part]) => !knows(part)));
}

function partsOf(item: Json): { readonly id: string | undefined; readonly value: Fields } {
  if (!isObject(item)) return { id: undefined, value: { value: item } };
  const { id, position: _, ...value } = item;
  const usable = typeof id === "string" && /^[\w-]{1,64}$/u.test(id);
  return { id: usable ? id : undefined, value };
}

/** Elements that already stand in rising order keep their places; the others get new ones between. */
function positionsFor(wanted: readonly Wanted[]): readonly string[] {
  const staying = new Set(longestRise(wanted));
  const positions: string[] = [];
  let waiting = 0;
  const place = (before: string | undefined) => {
    positions.push(...positionsBetween(positions.at(-1), before, waiting));
    waiting = 0;
  };
  for (const [index, element] of wanted.entries()) {
    const position = staying.has(index) ? element.was?.position : undefined;
    if (position === undefined) {
      waiting += 1;
      continue;
    }
    place(position);
    positions.push(position);
  }
  place(undefined);
  return positions;
}

/** Indexes of the longest run of elements whose places rise, found in n·log n steps (patience). */
function longestRise(wanted: readonly Wanted[]): readonly number[] {
  /** Of the runs of each length the one that ends lowest, as the index of its last element. */
  const ends: number[] = [];
  const before = new Map<number, number | undefined>();
  const placeOf = (index: number | undefined) => wanted[index ?? -1]?.was?.position ?? "";
  for (const [index, { was }] of wanted.entries()) {
    if (was?.position === undefined) continue;
    let length = 0;
    let longest = ends.length;
    while (length < longest) {
      const middle = (length + longest) >>> 1;
      if (placeOf(ends[middle]) < was.position) length = middle + 1;
      else longest = middle;
    }
    before.set(index, ends[length - 1]);
    ends[length] = index;
  }
  const rise: number[] = [];
  for (let at = ends.at(-1); at !== undefined; at = before.get(at)) rise.push(at);
  return rise;
}
