import { existsSync } from 'node:fs';

export type FoundBrowser = { type: 'found'; path: string } | { type: 'missing'; help: string };

/** The browser of `CHROME_PATH`, else one in a usual place of this system. */
export function findBrowser(
  given: string | undefined,
  system: { platform: NodeJS.Platform; isThere(path: string): boolean } = {
    platform: process.platform,
    isThere: existsSync,
  },
): FoundBrowser {
  if (given !== undefined) {
    if (system.isThere(given)) return { type: 'found', path: given };
    return { type: 'missing', help: `There is no browser at CHROME_PATH. ${help(system.platform)}` };
  }
  const path = (places[system.platform] ?? []).find((place) => system.isThere(place));
  return path === undefined ? { type: 'missing', help: help(system.platform) } : { type: 'found', path };
}

const places: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: [
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/opt/google/chrome/chrome',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

function help(platform: NodeJS.Platform): string {
  const how =
    platform === 'linux'
      ? 'Install one (Debian: apt install chromium; Ubuntu: snap install chromium)'
      : 'Install Google Chrome from https://www.google.com/chrome';
  return `WhatsApp Web needs a Chrome or Chromium, and none was found. ${how}, or set CHROME_PATH to its program; then start Wasl again.`;
}
