import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/core/clock.js';
import { systemIds } from '../../../../src/core/ids.js';
import { silentLog } from '../../../../src/core/log.js';
import { isMessage } from '../../../../src/core/activity.js';
import { createCore } from '../../../../src/wiring/core.js';
import { testConfig } from '../../../fixtures/app.js';
import { readOnce, root } from '../../../fixtures/assets.js';
import { noBrowser } from '../../../fixtures/chromium.js';
import { startWorld } from './harness.js';
import { eventually, until } from '../../../fixtures/eventually.js';

describe.skipIf(noBrowser !== undefined)('WhatsApp Web with the real bot behind it', () => {
  it('loses and doubles nothing while its browser and its process are killed, again and again', async () => {
    const { config, destroy } = testConfig();
    const core = await createCore({
      config,
      root,
      assets: readOnce(config),
      clock: systemClock,
      ids: systemIds,
      log: silentLog,
      onFatal: () => undefined,
    });
    const world = await startWorld({ ports: core.ports });
    core.channels.set('whatsapp', world.channel);
    await core.start();
    await world.connected();

    const people = ['966510000001@c.us', '77700@lid'];
    const questions = ['السلام عليكم', 'وين موقعكم', 'متى يطلع القرار', 'رقم التواصل', 'شكرا'];
    for (const [round, body] of questions.entries()) {
      for (const chat of people) world.phone.writes({ chat, body });
      if (round % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 20 * round));
      if (round === 1) process.kill(world.browsers.at(-1) ?? 0, 'SIGKILL');
      if (round === 3) world.links.at(-1)?.kill();
      if (round % 2 === 1) await until(() => world.step() !== 'connected');
      await world.connected();
    }

    for (const chat of people) {
      const said = async () => {
        const entries = await core.transcript.read(`whatsapp/${chat}`, 0, 500);
        return entries.map(({ activity }) => activity).filter(isMessage);
      };
      const own = async () => (await said()).filter(({ role }) => role === 'user').map(({ text }) => text);
      await eventually(async () => {
        expect(await own()).toEqual(questions);
        const record = await core.opened.store.collection('conversations').findOne({ _id: `whatsapp/${chat}` });
        expect(record).toMatchObject({ inbox: [], outgoing: [] });
      });
      const answers = (await said()).filter(({ role }) => role === 'bot').map(({ text = '' }) => text.trim());
      const received = () => world.phone.sent.filter((message) => message.chat === chat);
      expect(answers.length).toBeGreaterThanOrEqual(questions.length);
      await eventually(() => expect(received().length).toBeGreaterThanOrEqual(answers.length));
      expect(received().map(({ body = '' }, place) => body.startsWith(answers[place] ?? '-'))).toEqual(
        answers.map(() => true),
      );
    }
    await world.close();
    await core.stop();
    await destroy();
  });
});

it.skipIf(noBrowser === undefined)(`is skipped: ${noBrowser}`, () => undefined);
