import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { untilEvening } from '../fixtures/evening.js';
import { eventually } from '../fixtures/eventually.js';
import { startApp, type TestApp } from '../fixtures/app.js';
import { adminEnvironment } from '../fixtures/staff.js';
import { startTelegramServer, type TelegramServer } from '../fixtures/telegram-server/server.mjs';
import { telegramApplicant, webApplicant, type Applicant } from '../stories/applicants.js';
import { openDesk, type Desk } from '../stories/desk.js';
import { openOffice, type Office } from '../stories/office.js';
import { stories, type Story, type StoryStep } from '../stories/story.js';

const token = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw';
const day = 24 * 60 * 60 * 1000;

/** One association, with its people and a clock of its own. */
interface World {
  app: TestApp;
  office: Office;
  desk: Desk;
  clock: { shift: number };
  applicant: Applicant;
  reference: string;
  /** How many of the things said were looked at. */
  looked: number;
}

let telegram: TelegramServer;
beforeAll(async () => void (telegram = await startTelegramServer({ token })));
afterAll(() => telegram.close());

const meet = {
  'web chat': (world: Pick<World, 'app'>, story: Story) => webApplicant(() => world.app.base, story.locale),
  Telegram: async (_world: Pick<World, 'app'>, _story: Story, person: number) =>
    telegramApplicant(telegram.user(person)),
};

describe.each(Object.entries(meet))('on %s', (channel, open) => {
  for (const [index, story] of stories().entries()) {
    it(`${story.name}: ${story.about}`, async () => {
      const clock = { shift: untilEvening() };
      const app = await startApp(
        {
          ...adminEnvironment,
          ORGANISATION: story.organisation,
          QUIET_HOURS: 'none',
          QUIET_FRIDAY: 'none',
          ...(channel === 'Telegram' ? { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: telegram.apiRoot } : {}),
        },
        { clock: { now: () => Date.now() + clock.shift }, beatMs: 50 },
      );
      try {
        const applicant = await open({ app }, story, 501_334_500 + index);
        const office = await openOffice(() => app.base);
        const desk = await openDesk(() => app.base);
        const world: World = { app, office, desk, clock, applicant, reference: '', looked: 0 };
        await applicant.begins();
        await wait(world, []);
        if (channel === 'Telegram' && story.locale === 'en') await play(world, { says: 'English', hears: [] });
        for (const step of story.steps) await play(world, step);
      } finally {
        await app.close();
      }
    });
  }
});

async function play(world: World, step: StoryStep): Promise<void> {
  const { applicant } = world;
  if ('notYet' in step) return expectSilence(world, step.notYet);
  if ('restarts' in step) return world.app.restart();
  if ('refused' in step) return world.office.moves(world.reference, { to: step.refused }, step.status);
  if ('says' in step) await applicant.says(step.says.replace('{reference}', world.reference));
  if ('writes' in step) await applicant.says(step.writes);
  if ('presses' in step) await applicant.presses(step.presses);
  if ('sends' in step) await applicant.sendsPhoto();
  if ('moves' in step) await world.office.moves(world.reference, { to: step.moves, reason: step.reason });
  if ('paper' in step) await world.office.checks(world.reference, step.paper, step);
  if ('committee' in step)
    await world.office.decides(world.reference, { decision: step.committee, reason: step.reason });
  await atDesk(world.desk, step);
  if ('passes' in step) world.clock.shift += step.passes * day;
  if (step.hears || 'says' in step || 'presses' in step || 'sends' in step) await wait(world, step.hears ?? []);
}

async function atDesk(desk: Desk, step: StoryStep): Promise<void> {
  if ('takes' in step) await desk.takes(step.takes, step.status);
  if ('answers' in step) await desk.answers(step.answers);
  if ('notes' in step) await desk.notes(step.notes);
  if ('sendsFile' in step) await desk.sendsFile();
  if ('transfers' in step) await desk.transfers(step.transfers);
  if ('returns' in step) await desk.returns();
}

/** Waits until something new is said, and these words are in it. */
async function wait(world: World, words: readonly string[]): Promise<void> {
  const wanted = words.map((one) => one.replace('{reference}', world.reference));
  await eventually(async () => {
    const fresh = (await world.applicant.heard()).slice(world.looked);
    world.reference ||= /[A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]/.exec(fresh.join('\n'))?.[0] ?? '';
    // As little as holds them all: what was said besides may be what the next step waits for.
    const enough = fresh.findIndex((_, last) =>
      wanted.every((one) =>
        fresh
          .slice(0, last + 1)
          .join('\n')
          .includes(one),
      ),
    );
    expect(enough, `waited for ${JSON.stringify(wanted)}; heard:\n${fresh.join('\n')}`).not.toBe(-1);
    world.looked += wanted.length > 0 ? enough + 1 : fresh.length;
  });
}

async function expectSilence(world: World, words: readonly string[]): Promise<void> {
  await pause(400);
  const said = (await world.applicant.heard()).slice(world.looked).join('\n');
  for (const one of words) expect(said).not.toContain(one);
}
