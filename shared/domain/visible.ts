/** Whether a text shows anything: letters, digits, signs; not only spaces and invisible marks. */
export function isVisible(text: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
}
