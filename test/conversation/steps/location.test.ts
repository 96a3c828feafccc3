import { describe, expect, it } from 'vitest';
import { contentTypes } from '../../../src/core/activity.js';
import { answer, createReader, expectAnyInputTaken, expectQuick, problem } from './reader.js';

const { read, take, shows } = createReader('location');
const riyadh = { latitude: 24.7136, longitude: 46.6753 };
const sent = (latitude: number, longitude: number) => ({
  attachments: [{ contentType: contentTypes.location, content: { latitude, longitude } }],
});

describe('a location step', () => {
  it('takes a place that was sent from the map', () => {
    expect(take(sent(24.7136, 46.6753))).toEqual(answer(riyadh));
    expect(take({ ...sent(24.7136, 46.6753), text: 'بيتي' })).toEqual(answer(riyadh));
  });

  it('takes no place that is not on earth', () => {
    expect(take(sent(124, 46))).toEqual(problem('locationUnclear'));
    expect(take(sent(NaN, 46))).toEqual(problem('locationUnclear'));
    expect(take({ attachments: [{ contentType: contentTypes.location }] })).toEqual(problem('locationUnclear'));
  });

  it('takes the coordinates of a link, with words around it', () => {
    expect(read('هذا بيتي https://maps.google.com/?q=24.7136,46.6753')).toEqual(answer(riyadh));
  });

  it.each(['جدة، حي الصفا، الشارع العام', 'RRRD2929', 'https://maps.app.goo.gl/Ab12Cd34', 'حي الورود\nجوار المسجد'])(
    'takes %j as an address',
    (text) => {
      expect(read(text)).toEqual(answer({ address: text }));
    },
  );

  it.each([
    ['', 'locationUnclear'],
    ['هنا', 'locationUnclear'],
    ['12345', 'locationUnclear'],
    ['🏠🏠🏠🏠🏠🏠', 'locationUnclear'],
    ['وين موقعكم بالضبط', 'locationUnclear'],
    ['عنوانكم بالضبط؟', 'locationUnclear'],
    ['حي الصفا '.repeat(60), 'locationLong'],
  ])('says of %j what is wrong: %s', (text, name) => {
    expect(read(text)).toEqual(problem(name));
  });

  it('shows a link that a map opens, or the address', () => {
    expect(shows(riyadh)).toBe('\u2066https://maps.google.com/?q=24.713600,46.675300\u2069');
    expect(shows({ address: 'جدة، حي الصفا' })).toBe('جدة، حي الصفا');
  });

  it('takes whatever arrives', () => {
    const like = ['جدة، حي الصفا', '24.7136, 46.6753', 'https://maps.google.com/?q=', '@24.7136,46.6753', '%', '!3d24.7!4d46.6'];
    expectAnyInputTaken('location', { like, shape: isPlace });
    expectQuick('location');
  }); // prettier-ignore
});

function isPlace(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const keys = Object.keys(value).join(' ');
  if ('address' in value && typeof value.address === 'string')
    return keys === 'address' && value.address.isWellFormed() && value.address.length <= 500;
  if (!('latitude' in value && 'longitude' in value) || keys !== 'latitude longitude') return false;
  return Math.abs(Number(value.latitude)) <= 90 && Math.abs(Number(value.longitude)) <= 180;
}
