import { closeAppointment } from '../appointments/staff.js';
import { day } from '../core/clock.js';
import { at } from './calendar.js';
import { formThat } from './forms.js';
import { visits } from './visits.js';
import type { Chapter, World } from './world.js';

/** Some people book an interview in the chat, also in the last days, so that a few are to come. */
export const interviews: Chapter = (world) => {
  if (!world.core.assets.organisation.interviews) return;
  const form = formThat(world, 'appointment');
  visits(world, { name: 'interview', share: 0.15, hour: 20 }, () => ({ form }));
  visits(world, { name: 'coming interview', share: 0.15, hour: 20, lastDays: 3 }, () => ({ form, latest: true }));
  attend(world);
};

/** In the evening staff write down who came. */
function attend({ time, calendar: { from, to }, core, staff }: World): void {
  time.strand('attendance', async (strand) => {
    const { appointments: context } = core.support;
    for (let evening = at(from, 19); evening < to; evening += day) {
      await strand.until(evening);
      const over = await context.appointments.find(
        { status: 'booked', start: { $lt: evening } },
        { sort: { start: 1 }, limit: 50 },
      );
      for (const { _id } of over) {
        const came = strand.chance.happens(0.85);
        await strand.does(() => closeAppointment(context, _id, { by: staff.actor('huda').account, came }));
      }
    }
  });
}
