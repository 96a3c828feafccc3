import { admin, signedIn, signIn, type StaffClient } from '../fixtures/staff.js';

/** The people of an association, at work through the staff API. */
export interface Office {
  /** Fails unless it is answered with `status`. */
  moves(reference: string, move: { to: string; reason?: string | undefined }, status?: number): Promise<void>;
  checks(reference: string, paper: string, check: { verdict: string; reason?: string | undefined }): Promise<void>;
  /** A sitting with one request: decided by one, closed by a second, released by a third. */
  decides(reference: string, decision: { decision: string; reason: string }): Promise<void>;
}

/** Sessions end while days pass, so everybody signs in when there is something to do. */
export async function openOffice(base: () => string): Promise<Office> {
  const roles = { officer: ['officer'], reader: ['committee'], second: ['committee'], chair: ['committee'] } as const;
  const made = await Promise.all(
    Object.entries(roles).map(async ([name, own]) => [name, await signedIn(base(), own)] as const),
  );
  const known = new Map(made);
  const at = async (name: keyof typeof roles): Promise<StaffClient> => {
    const client = known.get(name);
    return signIn(base(), { email: client?.email ?? '', password: admin.password });
  };

  async function expectDone(answer: { status: number; body: unknown }): Promise<void> {
    if (answer.status >= 300) throw new Error(`Staff were answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }

  return {
    async moves(reference, { to, reason }, status = 200) {
      const officer = await at('officer');
      const body = { to, ...(reason === undefined ? {} : { reason }) };
      const answer = await officer(`/requests/${reference}/moves`, { body });
      if (answer.status !== status) throw new Error(`A move to ${to} was answered with ${answer.status}`);
    },
    async checks(reference, paper, { verdict, reason }) {
      const officer = await at('officer');
      const { body } = await officer(`/requests/${reference}`);
      const sent = body.documents.findLast((one: { paper: string }) => one.paper === paper);
      const check = { verdict, ...(reason === undefined ? {} : { reason }) };
      await expectDone(await officer(`/requests/${reference}/documents/${sent?.id}/check`, { body: check }));
    },
    async decides(reference, { decision, reason }) {
      const [reader, second, chair] = [await at('reader'), await at('second'), await at('chair')];
      const members = [reader.id, second.id, chair.id];
      // Who has decided before does not decide the appeal.
      const body = { date: '2026-11-25', members, requests: [reference] };
      const sitting = await chair('/sittings', { body });
      await expectDone(sitting);
      const address = `/sittings/${sitting.body.id}`;
      const decided = { reference, decision, reason };
      const first = await reader(`${address}/decisions`, { body: decided });
      await expectDone(first.status === 403 ? await second(`${address}/decisions`, { body: decided }) : first);
      await expectDone(await second(`${address}/close`, { body: {} }));
      const own = await second(`${address}/release`, { body: {} });
      if (own.status !== 403) throw new Error('Who closed a sitting could release it');
      await expectDone(await chair(`${address}/release`, { body: {} }));
    },
  };
}
