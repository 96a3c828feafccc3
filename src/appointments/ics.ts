import { slotId } from '../core/slot.js';

/** What a calendar is told of one interview. */
export interface CalendarEvent {
  uid: string;
  /** When this version of it was made; milliseconds, as those that follow. */
  stamp: number;
  start: number;
  end: number;
  summary: string;
  description: string;
  /** Undefined when nobody has written down where. */
  location?: string | undefined;
  /** Raised with every change: the highest counts. */
  sequence: number;
  cancelled: boolean;
}

/** One event as an iCalendar file (RFC 5545): times in UTC, so that no time zone has to be described. */
export function icsOf(event: CalendarEvent): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Wasl//Interviews//AR',
    'CALSCALE:GREGORIAN',
    `METHOD:${event.cancelled ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${escaped(event.uid)}`,
    `DTSTAMP:${slotId(event.stamp)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTART:${slotId(event.start)}`,
    `DTEND:${slotId(event.end)}`,
    `SUMMARY:${escaped(event.summary)}`,
    `DESCRIPTION:${escaped(event.description)}`,
    ...(event.location === undefined ? [] : [`LOCATION:${escaped(event.location)}`]),
    `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** https://www.rfc-editor.org/rfc/rfc5545#section-3.3.11 */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');

/** https://www.rfc-editor.org/rfc/rfc5545#section-3.1: a line has at most 75 octets; what follows begins with a space. */
const octets = 75;

function folded(line: string): string {
  let result = '';
  let length = 0;
  for (const sign of line) {
    const bytes = Buffer.byteLength(sign, 'utf8');
    if (length + bytes > octets) {
      result += '\r\n ';
      length = 1;
    }
    result += sign;
    length += bytes;
  }
  return result;
}
