import { day, hour } from './clock.js';

/**
 * Days and hours where the organisations are. Saudi Arabia keeps UTC+3 all year (IANA: `Asia/Riyadh`, unchanged since
 * 1947). Moments are milliseconds since 1970; a day is its number, 0 being 1 January 1970.
 */

const ahead = 3 * hour;

/** The day that holds a moment. */
export const dayAt = (ms: number): number => Math.floor((ms + ahead) / day);

/** When a day begins. */
export const startOfDay = (number: number): number => number * day - ahead;

/** How long the day has lasted; milliseconds. */
export const timeOfDay = (ms: number): number => ms - startOfDay(dayAt(ms));

/** 0 is Sunday; 1 January 1970 was a Thursday. */
export const weekdayOf = (number: number): number => (((number + 4) % 7) + 7) % 7;

/** A day in ISO 8601: `2026-11-22`. */
export const isoOfDay = (number: number): string => new Date(number * day).toISOString().slice(0, 10);

/** The day that holds a moment, in ISO 8601. */
export const isoDay = (ms: number): string => isoOfDay(dayAt(ms));

/** The number of a day in ISO 8601. */
export const dayOfIso = (iso: string): number => Date.parse(iso) / day;
