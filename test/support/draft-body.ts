/** The text of a numbered draft: of varying length, and its number can be read from it. */
export function draftBody(save: number): string {
  return `${save}: ${`what I was writing in save ${save}. `.repeat(1 + (save % 400))}`;
}
