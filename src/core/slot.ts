/** A time that can be booked, as buttons and answers hold it: iCalendar's own way of writing UTC. Sample: `20261122T060000Z`. */
export const slotId = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');

/** When it begins, in milliseconds; undefined when it is none. */
export function slotStart(id: string): number | undefined {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(id) ?? [];
  const [year = '', month = '', day = '', hour = '', minute = '', second = ''] = parts;
  const ms = parts.length === 0 ? Number.NaN : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(ms) || slotId(ms) !== id ? undefined : ms;
}
