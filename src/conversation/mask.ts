/** Signs that stay readable, so that a person knows which number it is; of what is no longer than these none do. */
const kept = 4;

/** A number, an account or a name is no longer; of a sentence the last letters tell nothing. */
const longest = 40;

/** So many dots stand for any number of hidden signs. */
const mostDots = 8;

/** What is shown of something sensitive: its last four signs, and of a sentence none. Sample: `••••••5672`. */
export function masked(text: string): string {
  const signs = Array.from(text.replace(/[\u2066-\u2069]/g, '').trim());
  const shown = signs.length > kept && signs.length <= longest ? kept : 0;
  const hidden = signs.length - shown;
  return '•'.repeat(Math.min(hidden, mostDots)) + signs.slice(hidden).join('');
}

/** What is recorded instead of a message; something also for a button that came without words. */
export const hidden = (text: string): string => masked(text) || '•'.repeat(kept);
