import { latinDigits } from './normalise.js';
import { beginsLikeQuestion, endsLikeQuestion } from './question.js';

export interface Point {
  latitude: number;
  longitude: number;
}

export type PlaceReading =
  | { type: 'point'; point: Point }
  /** Sample: `جدة، حي الصفا، الشارع العام`. */
  | { type: 'address'; address: string }
  | { type: 'long' }
  | { type: 'none' };

const longestAddress = 500;
const shortestAddress = 5;

/** A place in a text: the coordinates of a map's link, coordinates alone, or an address in words. */
export function readPlace(text: string): PlaceReading {
  const address = text.toWellFormed().trim();
  const [link = ''] = /(?:https?:\/\/|geo:)\S{1,1000}/i.exec(address) ?? [];
  const point = /map|goo|waze|geo:/i.test(link) ? inLink(link) : alone(address);
  if (point) return { type: 'point', point };
  if (address.length > longestAddress) return { type: 'long' };
  const signs = address.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  if (signs < shortestAddress || !/\p{L}/u.test(address)) return { type: 'none' };
  if (beginsLikeQuestion(address) || endsLikeQuestion(address)) return { type: 'none' };
  return { type: 'address', address };
}

/** The point as it is kept, to ten centimetres; undefined when there is no such place on earth. */
export function pointAt(latitude: number, longitude: number): Point | undefined {
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return undefined;
  return { latitude: Number(latitude.toFixed(6)) + 0, longitude: Number(longitude.toFixed(6)) + 0 };
}

/** An address that every phone opens in its map. */
export const mapLink = ({ latitude, longitude }: Point): string =>
  `https://maps.google.com/?q=${latitude.toFixed(6)},${longitude.toFixed(6)}`;

/** Google marks the place itself by `!3d…!4d…`; `@…` is only where the map was looking. */
const inLinks = [
  /!3d(-?\d{1,2}\.\d{1,20})!4d(-?\d{1,3}\.\d{1,20})/,
  /[=/:@](-?\d{1,2}\.\d{1,20}),[ +]?(-?\d{1,3}\.\d{1,20})/,
];

function inLink(link: string): Point | undefined {
  const plain = link.replace(/%2c/gi, ',').replace(/%20/g, ' ');
  return pointOf(inLinks.map((pattern) => pattern.exec(plain)).find((match) => match !== null));
}

/** `24.713600, 46.675300`: fewer decimals are more likely something else. */
function alone(text: string): Point | undefined {
  const plain = latinDigits(text.slice(0, 100))
    .replaceAll('٫', '.')
    .replace(/[°NE()]/g, ' ');
  return pointOf(/^\s*(-?\d{1,2}\.\d{3,20})\s*[,،;\s]\s*(-?\d{1,3}\.\d{3,20})\s*$/.exec(plain));
}

const pointOf = (match: RegExpExecArray | null | undefined): Point | undefined =>
  match ? pointAt(Number(match[1]), Number(match[2])) : undefined;
