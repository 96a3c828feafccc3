/** Letters of Persian, Urdu and Arabic keyboards, and Arabic letters that people type one for the other. */
const folded: Readonly<Record<string, string>> = {
  ک: 'ك', ڪ: 'ك', ی: 'ي', ې: 'ي', ے: 'ي', ى: 'ي', ٱ: 'ا', ة: 'ه', ە: 'ه', ہ: 'ه', ھ: 'ه', ۃ: 'ه',
  گ: 'ق', ڨ: 'ق', چ: 'ج', پ: 'ب', ڤ: 'ف', ژ: 'ز', ۆ: 'و', ۋ: 'و', ء: '', ـ: '',
}; // prettier-ignore

const foldedLetters = new RegExp(`[${Object.keys(folded).join('')}]`, 'gu');

/** Arabic-Indic and Persian digits as 0-9; everything else stays as it is. */
export const latinDigits = (text: string): string =>
  text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf));

/**
 * One spelling for the many ways in which people type the same words: no diacritics, tatweel, hidden marks, hamza
 * forms, elongation or capitals; only letters and the digits 0-9, in words with one space between. Any string is
 * taken, also one with lone surrogates, and normalising twice changes nothing.
 */
export function normalise(text: string): string {
  const letters = text
    .toWellFormed()
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(foldedLetters, (letter) => folded[letter] ?? letter);
  return latinDigits(letters)
    .replace(/[^\p{L}0-9]+/gu, ' ')
    .replace(/\p{L}(?=[0-9])|[0-9](?=\p{L})/gu, '$& ')
    .replace(/(\p{L})\1{2,}/gu, '$1')
    .trim();
}

/** The words of a text, normalised. */
export function tokens(text: string): string[] {
  const normal = normalise(text);
  return normal === '' ? [] : normal.split(' ');
}
