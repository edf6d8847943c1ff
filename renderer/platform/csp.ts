/** What the content security policy asks of libraries that make `<style>` elements at run time. */

/** The nonce of this load; undefined where the page was served without a policy. */
export const nonce: string | undefined =
  document.querySelector<HTMLElement>('meta[property="csp-nonce"]')?.nonce || undefined;
