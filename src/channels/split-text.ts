/** A stretch of a text, in UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

/**
 * Cuts a text into stretches of at most `limit` UTF-16 units, at the end of a paragraph, a line, a sentence or a word,
 * whichever is the first to keep a stretch at least half full; otherwise between two characters as people see them. White space around a cut
 * and blank stretches are dropped.
 */
export function splitText(text: string, limit: number): Span[] {
  const spans: Span[] = [];
  let start = 0;
  while (start < text.length) {
    const end = text.length - start <= limit ? text.length : start + cutAt(text.slice(start, start + limit + 1), limit);
    const span = trim(text, { start, end });
    if (span.start < span.end) spans.push(span);
    start = end;
  }
  return spans;
}

const boundaries = [/\n\s*\n/g, /\n/g, /[.!?؟۔…:؛]\s/g, /\s/g];

/** Where to cut; `text` is one unit longer than the limit, to see whether the limit itself is a boundary. */
function cutAt(text: string, limit: number): number {
  for (const boundary of boundaries) {
    const ends = [...text.matchAll(boundary)].map((match) => Math.min(match.index + match[0].length, limit));
    const last = ends.at(-1);
    if (last !== undefined && last >= limit / 2) return last;
  }
  return characterEnd(text, limit);
}

/**
 * The last end of a character, as people see it, at or before `limit`: an emoji of several signs stays whole. What is
 * itself longer than the limit is cut between code points.
 */
function characterEnd(text: string, limit: number): number {
  const from = Math.max(0, limit - longestCharacter);
  let end = 0;
  for (const { index, segment } of characters.segment(text.slice(from, limit + longestCharacter))) {
    if (from + index + segment.length > limit) break;
    end = from + index + segment.length;
  }
  if (end > limit / 2) return end;
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(limit - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(limit));
  return splitsPair ? limit - 1 : limit;
}

/** The text, or as much of it as fits into `limit` UTF-16 units with a sign that there was more. */
export function cutText(text: string, limit: number): string {
  const whole = text.toWellFormed();
  if (whole.length <= limit) return whole;
  return `${whole.slice(0, characterEnd(whole, limit - 1)).trimEnd()}…`;
}

const characters = new Intl.Segmenter('ar', { granularity: 'grapheme' });
/** UTF-16 units around a cut that are looked at; the longest emoji in use have 35. */
const longestCharacter = 64;

function trim(text: string, { start, end }: Span): Span {
  const part = text.slice(start, end);
  const leading = part.length - part.trimStart().length;
  const trailing = part.length - part.trimEnd().length;
  return { start: start + leading, end: Math.max(start + leading, end - trailing) };
}
