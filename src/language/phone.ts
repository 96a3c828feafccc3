import { parsePhoneNumberFromString } from 'libphonenumber-js/mobile';
import { digitRuns } from './digit-runs.js';
import { isolate } from './direction.js';

export type PhoneReading =
  /** Sample: `+966500000000`. */
  | { type: 'mobile'; phone: string }
  /** A mobile of another country. */
  | { type: 'foreign'; phone: string }
  /** A Saudi number that takes no messages: of a house, an office, 920… or 800… */
  | { type: 'landline' }
  | { type: 'wrong' }
  | { type: 'several' }
  | { type: 'none' };

/** The mobile in a text, however it is written: 05…, 5…, 9665…, 009665…, +966 5…, with words around; E.164. */
export function readPhone(text: string): PhoneReading {
  const readings = digitRuns(text.replace(/[().]/g, ' ')).map(readRun);
  const mobiles = new Set(readings.flatMap((reading) => (reading.type === 'mobile' ? [reading.phone] : [])));
  if (mobiles.size > 1) return { type: 'several' };
  const ranked = (['mobile', 'foreign', 'landline', 'wrong'] as const).flatMap((type) =>
    readings.filter((reading) => reading.type === type),
  );
  return ranked[0] ?? { type: 'none' };
}

/** `05•••••567`: enough for its owner to know it again. */
export const maskPhone = (phone: string): string =>
  isolate(phone.startsWith('+9665') ? `05•••••${phone.slice(-3)}` : `${phone.slice(0, 3)}•••••${phone.slice(-3)}`);

const landline = /^(?:(?:00)?966)?0?(?:1[1-7]\d{7}|9200\d{5}|800\d{7})$/;

/** The plus sign may have been typed at the other end, where it stands in a line from right to left. */
function readRun(run: string): PhoneReading {
  const digits = run.replaceAll('+', '');
  if (digits.length < 7 || digits.length > 17) return { type: 'wrong' };
  if (landline.test(digits)) return { type: 'landline' };
  const international = run.includes('+') || /^00|^966\d{8}/.test(digits);
  const parsed = parsePhoneNumberFromString(international ? `+${digits.replace(/^00/, '')}` : digits, 'SA');
  if (parsed?.isValid() && parsed.country === 'SA') return { type: 'mobile', phone: parsed.number };
  const abroad = international ? parsed : parsePhoneNumberFromString(`+${digits}`);
  return abroad?.isValid() && abroad.countryCallingCode !== '966'
    ? { type: 'foreign', phone: abroad.number }
    : { type: 'wrong' };
}
