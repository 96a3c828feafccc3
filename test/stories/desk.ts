import { png } from '../fixtures/players.js';
import { admin, signedIn, signIn, type Answer, type StaffClient } from '../fixtures/staff.js';

export type Colleague = 'first' | 'second';

/** Two members of staff before the conversations of one person, through the staff API. */
export interface Desk {
  /** Takes the one conversation that waits, or that was taken before. */
  takes(who: Colleague, status?: number): Promise<void>;
  answers(text: string): Promise<void>;
  notes(text: string): Promise<void>;
  sendsFile(): Promise<void>;
  /** To the other one, or back into a queue. */
  transfers(to: Colleague | 'researcher' | 'officer'): Promise<void>;
  returns(): Promise<void>;
}

export async function openDesk(base: () => string): Promise<Desk> {
  const made = {
    first: await signedIn(base(), ['officer']),
    second: await signedIn(base(), ['researcher']),
  } satisfies Record<Colleague, StaffClient>;
  let conversation = '';
  let holder: Colleague = 'first';

  const at = (who: Colleague): Promise<StaffClient> =>
    signIn(base(), { email: made[who].email, password: admin.password });

  async function act(path: string, body: unknown, headers: Record<string, string> = {}): Promise<void> {
    const client = await at(holder);
    expectStatus(await client(`/conversations/${conversation}${path}`, { method: 'POST', body, headers }), 200);
  }

  return {
    async takes(who, status = 200) {
      const client = await at(who);
      const { body } = await client('/conversations?queue=waiting');
      conversation = String(body.items[0]?.id ?? conversation);
      expectStatus(await client(`/conversations/${conversation}/take`, { body: {} }), status);
      if (status === 200) holder = who;
    },
    answers: (text) => act('/messages', { text }),
    notes: (text) => act('/notes', { text }),
    sendsFile: () => act('/files?name=card.png', png, { 'content-type': 'image/png' }),
    async transfers(to) {
      const isColleague = to === 'first' || to === 'second';
      await act('/transfer', { to: isColleague ? { account: made[to].id } : { queue: to }, note: 'تفضّل' });
      if (isColleague) holder = to;
    },
    returns: () => act('/return', {}),
  };
}

function expectStatus({ status, body }: Answer, expected: number): void {
  if (status !== expected) throw new Error(`Staff were answered ${status}: ${JSON.stringify(body)}`);
}
