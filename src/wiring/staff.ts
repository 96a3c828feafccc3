import type { TaskRecord } from '../mailbox/effects.js';
import type { MessageRecord } from '../mailbox/record.js';
import { createStaff, type Staff } from '../staff/index.js';
import type { CommitteeContext } from '../requests/sitting-change.js';
import type { SittingRecord } from '../requests/sitting-record.js';
import type { AccountRecord } from '../staff/account.js';
import { appointmentCalls } from '../staff/appointments/calls.js';
import { submissionCalls } from '../staff/inquiries/calls.js';
import { channelCalls, type ChannelView } from '../staff/channels/calls.js';
import { committeeCalls } from '../staff/committee/calls.js';
import { committeeMembers } from '../staff/committee/members.js';
import { conversationCalls } from '../staff/conversations/calls.js';
import type { ConversationCallsContext } from '../staff/conversations/context.js';
import { eventCalls } from '../staff/conversations/events.js';
import { encounterCalls } from '../staff/requests/encounters.js';
import { onBehalfCalls } from '../staff/requests/on-behalf.js';
import { requestCalls } from '../staff/requests/calls.js';
import type { RequestCallsContext } from '../staff/requests/context.js';
import { peopleCalls } from '../staff/requests/people.js';
import { taskCalls } from '../staff/requests/tasks.js';
import { satisfactionCalls, satisfactionPages } from '../staff/satisfaction/calls.js';
import type { BeneficiaryRecord } from '../people/beneficiaries.js';
import type { AppOptions, Core } from './core.js';

/** The staff API with every call there is. */
export function createStaffApi(
  core: Core,
  { config, clock, ids, log }: AppOptions,
  channels: () => readonly ChannelView[],
): Staff {
  const { opened, assets, dataKey, support, takeover, feedback } = core;
  const calls: RequestCallsContext = {
    context: support.context,
    assets,
    beneficiaries: support.beneficiaries,
    people: opened.store.collection<BeneficiaryRecord>('beneficiaries'),
    contacts: support.contacts,
    encounters: support.encounters,
    messages: opened.store.collection<MessageRecord>('messages'),
    tasks: opened.store.collection<TaskRecord>('tasks'),
    files: core.ports.files,
  };
  const committee: CommitteeContext = {
    ...support.context,
    sittings: opened.store.collection<SittingRecord>('sittings'),
    ...committeeMembers(opened.store.collection<AccountRecord>('accounts')),
  };
  const conversations: ConversationCallsContext = {
    takeover: takeover.context,
    accounts: opened.store.collection<AccountRecord>('accounts'),
    files: core.ports.files,
    windowMs: (channel) => core.channels.get(channel)?.windowMs,
    requestsOf: async (conversation) =>
      (
        await support.context.requests.find(
          { conversation, submittedAt: { $gt: 0 } },
          { sort: { submittedAt: -1 }, limit: 20 },
        )
      ).map(({ reference }) => reference),
  };
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = config;
  return createStaff({
    store: opened.store,
    clock,
    ids,
    log: log.child({ part: 'staff' }),
    t: assets.t,
    auditKey: dataKey.derive('staff audit'),
    publicUrl: config.PUBLIC_URL,
    admin: email === undefined || password === undefined ? undefined : { email, password },
    calls: [
      ...requestCalls(calls),
      ...onBehalfCalls(calls),
      ...peopleCalls(calls),
      ...encounterCalls(calls),
      ...taskCalls(calls),
      ...committeeCalls(committee),
      ...submissionCalls({ context: support.inquiries, assets }),
      ...appointmentCalls({ context: support.appointments, assets }),
      ...conversationCalls(conversations),
      ...channelCalls({ channels, t: assets.t }),
      ...eventCalls(takeover.context.events),
      ...satisfactionCalls(feedback.staffCalls),
    ],
    pages: satisfactionPages(feedback.staffCalls),
  });
}
