import { contentTypes } from '../../core/activity.js';
import type { Step } from '../../flows/schema.js';
import { isolate } from '../../language/direction.js';
import { mapLink, pointAt, readPlace, type Point } from '../../language/place.js';
import type { Input } from '../input.js';
import type { StepType } from './step.js';

/**
 * A place, e.g. `{"ask": "home", "type": "location"}`: sent from the map, as a map's link, or written as an address. Kept
 * as `{"latitude": 24.7136, "longitude": 46.6753}` or `{"address": "جدة، حي الصفا"}`.
 */
export const location: StepType<Extract<Step, { type: 'location' }>> = {
  read(_step, input) {
    const sent = sentPoint(input);
    if (sent) return { type: 'answer', value: sent };
    const reading = readPlace(input.value ?? input.text);
    if (reading.type === 'point') return { type: 'answer', value: reading.point };
    if (reading.type === 'address') return { type: 'answer', value: { address: reading.address } };
    return { type: 'invalid', problem: reading.type === 'long' ? 'locationLong' : 'locationUnclear' };
  },

  show(_step, value) {
    if (typeof value !== 'object' || value === null) return '';
    if ('address' in value) return String(value.address);
    if (!('latitude' in value && 'longitude' in value)) return '';
    const point = pointAt(Number(value.latitude), Number(value.longitude));
    return point ? isolate(mapLink(point)) : '';
  },
};

function sentPoint({ attachments }: Input): Point | undefined {
  for (const { contentType, content } of attachments)
    if (contentType === contentTypes.location && content && 'latitude' in content)
      return pointAt(content.latitude, content.longitude);
  return undefined;
}
