/** What the window shows when its page died twice: words alone, with no script and no engine. */

/** A data: address, which needs nothing else to work. */
export function crashPage(logFolder: string): string {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Guildhall</title>
<style>body{font:1rem/1.6 system-ui,sans-serif;max-width:38rem;margin:15vh auto;padding:0 1.5rem;color-scheme:light dark}</style>
<h1>The window stopped working</h1>
<p>It stopped twice in a row, so it was not opened again. What you wrote is kept: every pause in typing was saved.</p>
<p>Close this window and start Guildhall again. If it stops once more, the log says why: <code>${escapeHtml(logFolder)}</code></p></html>`;
  return `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
