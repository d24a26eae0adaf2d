/** What Chromium does not need for a table, and what would make its pixels depend on the machine. */
export const chromiumFlags: readonly string[] = [
  '--headless',
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--mute-audio',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-extensions',
  '--disable-breakpad',
  '--disable-component-update',
  '--disable-background-networking',
  '--disable-client-side-phishing-detection',
  '--disable-domain-reliability',
  '--disable-search-engine-choice-screen',
  '--password-store=basic',
  // The sandbox has no network; where it is missing, this still keeps every name from being looked up.
  '--host-resolver-rules=MAP * ~NOTFOUND',
  // There are no sites to keep apart: each document has an opaque origin and no scripts. So one process serves a
  // page for all of its documents, and its frame is used again, which halves the cost of a table.
  '--disable-site-isolation-trials',
  `--disable-features=${[
    ...['IsolateOrigins', 'site-per-process', 'IsolateSandboxedIframes', 'RenderDocument'],
    ...['BackForwardCache', 'PaintHolding', 'Translate', 'MediaRouter', 'OptimizationHints'],
  ].join(',')}`,
  '--force-device-scale-factor=1',
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--hide-scrollbars',
];
