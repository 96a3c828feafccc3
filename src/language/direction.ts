const open = '\u2066';
const close = '\u2069';

/**
 * Keeps a value that is read from left to right (a phone number, IBAN, reference, address of mail or web) in one piece
 * inside Arabic text, where a plus sign or a hyphen would otherwise jump to the wrong end. Isolating twice changes
 * nothing.
 */
export function isolate(text: string): string {
  if (text === '') return text;
  return text.startsWith(open) && text.endsWith(close) ? text : `${open}${text}${close}`;
}
