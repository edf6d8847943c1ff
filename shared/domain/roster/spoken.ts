/** How the letters of a code are said on the telephone and printed on a recovery sheet. */

const words: Readonly<Record<string, string>> = {
  A: "Alfa",
  B: "Bravo",
  C: "Charlie",
  D: "Delta",
  E: "Echo",
  F: "Foxtrot",
  G: "Golf",
  H: "Hotel",
  J: "Juliett",
  K: "Kilo",
  M: "Mike",
  N: "November",
  P: "Papa",
  Q: "Quebec",
  R: "Romeo",
  S: "Sierra",
  T: "Tango",
  V: "Victor",
  W: "Whiskey",
  X: "X-ray",
  Y: "Yankee",
  Z: "Zulu",
  0: "Zero",
  1: "One",
  2: "Two",
  3: "Three",
  4: "Four",
  5: "Five",
  6: "Six",
  7: "Seven",
  8: "Eight",
  9: "Nine",
};

/** One line for each group of the code: the group, and its letters as words. */
export function spoken(code: string): readonly { readonly group: string; readonly said: string }[] {
  return code.split("-").map((group) => ({
    group,
    said: group
      .split("")
      .map((letter) => words[letter] ?? letter)
      .join(" "),
  }));
}
