import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Organisation } from '../../src/flows/schema.js';
import { startApp, type TestApp } from '../fixtures/app.js';
import { content } from '../fixtures/assets.js';
import { webChatPlayer } from '../fixtures/players.js';
import { play, type Heard, type Player } from '../transcripts/play.js';
import { transcripts } from '../transcripts/transcript.js';

/** What nobody else may say: names, and all that is written under `contact` and about the licence. */
const factsOf = ({ name, contact, licence }: Organisation): string[] => [
  name.ar,
  name.en,
  ...[contact.phone, contact.website, contact.email, contact.address?.ar, contact.address?.en, licence].filter(
    (fact) => fact !== undefined,
  ),
];

/** Each step of these short conversations brings one reply. */
const one = (): Promise<Heard[]> => Promise.resolve([{ text: '', choices: [] }]);
const oneReply: Player = { arrives: one, says: one, presses: one, sends: one };

/** Passes everything on, and keeps what was heard. */
function listening(player: Player, heard: string[]): Player {
  const keep = async (replies: Promise<Heard[]>): Promise<Heard[]> => {
    heard.push(...(await replies).map(({ text, choices }) => [text, ...choices].join('\n')));
    return replies;
  };
  return {
    arrives: () => keep(player.arrives()),
    says: (text) => keep(player.says(text)),
    presses: (label) => keep(player.presses(label)),
    sends: (kind) => keep(player.sends(kind)),
  };
}

describe.each([...content().organisations.values()])('the server of $id', (organisation) => {
  const own = transcripts().filter(({ name }) => name === `organisation-${organisation.id}`);
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp({ ORGANISATION: organisation.id });
  });

  afterAll(() => app.close());

  it('plays its own transcript, and says no fact of another organisation', async () => {
    const heard: string[] = [];
    for (const transcript of own) {
      const player = await webChatPlayer(app.base, transcript.locale)(oneReply);
      await play(transcript, listening(player, heard));
    }
    expect(own).toHaveLength(1);
    const others = [...content().organisations.values()].filter(({ id }) => id !== organisation.id);
    const foreign = others.flatMap(factsOf).filter((fact) => heard.some((text) => text.includes(fact)));
    expect(foreign).toEqual([]);
  });

  it('shows its own name on its page, and no other', async () => {
    const page = await (await fetch(app.base)).text();
    const others = [...content().organisations.values()].filter(({ id }) => id !== organisation.id);
    expect(page).toContain(organisation.name.ar);
    expect(others.flatMap(factsOf).filter((fact) => page.includes(fact))).toEqual([]);
  });
});

describe('the documents in the hands of the officer', () => {
  const tools = ['bylaws', 'social-research-guide', 'support-policy-guide', 'support-request-form'];

  it.each([
    ['asseb', [...tools, 'disbursement-policy']],
    ['esrar', tools],
    ['awn', tools],
    ['anat-al-bayt', tools],
    ['makeen', tools],
  ])('of %s are those that its policy lists', (id, listed) => {
    expect(content().organisations.get(id)?.tools).toEqual(listed);
  });
});
