import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapLink, readPlace } from '../../src/language/place.js';

const point = { type: 'point', point: { latitude: 24.7136, longitude: 46.6753 } };

describe('a place in a text', () => {
  it.each([
    'https://maps.google.com/?q=24.7136,46.6753',
    'https://www.google.com/maps?q=24.7136%2C46.6753&z=17',
    'https://www.google.com/maps/@24.7136,46.6753,17z',
    'https://www.google.com/maps/place/Home/@24.9,46.9,17z/data=!3m1!4b1!4m5!3m4!1s0x0:0x0!8m2!3d24.7136!4d46.6753',
    'https://www.google.com/maps/search/24.7136,+46.6753',
    'https://maps.apple.com/?ll=24.7136,46.6753',
    'geo:24.7136,46.6753',
    'هذا بيتي https://maps.google.com/?q=24.7136,46.6753 الدور الثاني',
    '24.7136, 46.6753',
    '٢٤٫٧١٣٦، ٤٦٫٦٧٥٣',
    '(24.7136° N, 46.6753° E)',
  ])('has its coordinates in %j', (text) => {
    expect(readPlace(text)).toEqual(point);
  });

  it('is read again from the link to it', () => {
    const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
    fc.assert(
      fc.property(degrees(90), degrees(180), (latitude, longitude) => {
        expect(readPlace(mapLink({ latitude, longitude }))).toEqual({
          type: 'point',
          point: { latitude: expect.closeTo(latitude, 5), longitude: expect.closeTo(longitude, 5) },
        });
      }),
    );
  });

  it.each([
    ['https://maps.google.com/?q=124.7136,46.6753', 'address'],
    ['https://example.org/?v=24.7136,46.6753', 'address'],
    ['شقة 3.5, 4.5', 'address'],
    ['24, 46', 'none'],
    ['اكتب لكم وش؟', 'none'],
    ['ا'.repeat(501), 'long'],
  ])('%j: %s', (text, type) => {
    expect(readPlace(text)).toMatchObject({ type });
  });
});
