import type { FormSubmitted } from '../../src/conversation/effects.js';
import type { Activity, Address, MessageActivity } from '../../src/core/activity.js';
import { canonicalJson, sha256Hex } from '../../src/core/digest.js';
import { systemIds } from '../../src/core/ids.js';
import { silentLog } from '../../src/core/log.js';
import { createSeal } from '../../src/core/seal.js';
import { createSupport } from '../../src/wiring/support.js';
import type { Store } from '../../src/store/collection.js';
import type { RequestRecord } from '../../src/requests/record.js';
import { assetsOf } from '../fixtures/assets.js';
import { createTestClock } from '../mailbox/harness.js';

export const hour = 60 * 60 * 1000;
export const day = 24 * hour;
export const officer = { account: 'staff-1', roles: ['officer'] } as const;

/** The support of one organisation on a real store; what it says is collected instead of sent. */
export function createHouse(store: Store, organisation = 'asseb') {
  // Saturday, 9 in the morning in Riyadh.
  const clock = createTestClock();
  const said: MessageActivity[] = [];
  const heard = new Set<string>();
  const wrote = new Map<string, number>();
  const support = createSupport({
    store,
    assets: assetsOf(organisation),
    seal: createSeal(Buffer.alloc(32, 7)),
    quiet: { daily: { from: 21 * 60, to: 9 * 60 }, friday: { from: 0, to: 16 * 60 } },
    clock,
    ids: systemIds,
    log: silentLog,
    emit: async () => {},
    attended: async () => {},
    heardAt: async (conversation) => wrote.get(conversation),
    async enqueue(activity: Activity) {
      if (activity.channelId === 'offline') return { type: 'unknown_conversation' };
      if (heard.has(activity.id)) return { type: 'repeated' };
      heard.add(activity.id);
      if (activity.type === 'message') said.push(activity);
      return { type: 'accepted' };
    },
  });
  const requests = store.collection<RequestRecord>('requests');
  let turns = 0;

  const address = (chat: string): Address => ({
    channelId: 'telegram',
    conversation: { id: chat },
    from: { id: `p-${chat}` },
  });

  /** A turn that completed a form. */
  function caused(chat: string, effect: Omit<FormSubmitted, 'type' | 'version' | 'locale'> & { locale?: 'ar' | 'en' }) {
    const id = `turn-${(turns += 1)}-${systemIds.uuid()}`;
    return {
      id,
      conversation: `telegram/${chat}`,
      address: address(chat),
      at: clock.now(),
      effect: { type: 'form_submitted' as const, version: 1, locale: 'ar' as const, ...effect },
    };
  }

  return {
    ...support,
    clock,
    said,
    requests,
    caused,
    address,
    /** The person writes in a chat. */
    writes: (chat: string, at: number) => void wrote.set(`telegram/${chat}`, at),
    /** What was said lately, as one text. */
    heardLast: () => said.at(-1)?.text ?? '',
    /** Somebody applies; resolves to the request. */
    async apply(chat: string, { answers = {}, locale = 'ar' }: { answers?: object; locale?: 'ar' | 'en' } = {}) {
      const turn = caused(chat, {
        form: 'support-request',
        opens: 'request',
        locale,
        ...signed({ ...given, nationalId: idOf(chat), ...answers }, clock.now()),
      });
      await support.perform(turn);
      await support.beat();
      const request = await requests.findOne({ _id: turn.id });
      if (!request) throw new Error('no request was made');
      return request;
    },
    async read({ _id }: { _id: string }): Promise<RequestRecord> {
      const record = await requests.findOne({ _id });
      if (!record) throw new Error('the request is gone');
      return record;
    },
  };
}

export type House = ReturnType<typeof createHouse>;

/** The national ID of who applies in a chat, unless a test gives another. */
export const idOf = (chat: string): string =>
  `1${String(Number.parseInt(sha256Hex(chat).slice(0, 12), 16))
    .slice(-9)
    .padStart(9, '0')}`;

const given = {
  fullName: 'نورة سالم العنزي',
  mobile: '+966500000000',
  service: 'food',
  family: 4,
  documents: { files: [file('identity')], later: ['income'] },
};

export function file(paper: string, id = `file-${paper}`) {
  return { id, paper, name: `${paper}.png`, contentType: 'image/png', size: 70 };
}

const statement = 'أقر بأن ما كتبته صحيح.';

/** Answers with the signature that stands for them. */
export const signed = (answers: Record<string, unknown>, at: number) => ({
  answers,
  signature: {
    statement,
    statementVersion: 1,
    statementHash: sha256Hex(statement),
    answersHash: sha256Hex(canonicalJson(answers)),
    name: 'نورة سالم العنزي',
    at,
    messageId: 'm1',
  },
});
