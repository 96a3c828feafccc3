import { systemIds } from '../../src/core/ids.js';
import type { MessageRecord } from '../../src/mailbox/record.js';
import type { TaskRecord } from '../../src/mailbox/effects.js';
import type { BeneficiaryRecord } from '../../src/people/beneficiaries.js';
import { encounterCalls } from '../../src/staff/requests/encounters.js';
import { requestCalls } from '../../src/staff/requests/calls.js';
import { onBehalfCalls } from '../../src/staff/requests/on-behalf.js';
import { peopleCalls } from '../../src/staff/requests/people.js';
import { taskCalls } from '../../src/staff/requests/tasks.js';
import type { RequestCallsContext } from '../../src/staff/requests/context.js';
import { createFiles, type FileRecord } from '../../src/store/files.js';
import type { OpenedStore } from '../../src/store/opened.js';
import { assetsOf } from '../fixtures/assets.js';
import { signedIn, startStaff, type StaffClient } from '../fixtures/staff.js';
import { createHouse } from '../requests/house.js';

/** An officer at a desk of one organisation, with real files, and the house whose people come to it. */
export async function openDesk(
  { store, blobs }: OpenedStore,
  { organisation = 'asseb', files }: { organisation?: string | undefined; files?: RequestCallsContext['files'] } = {},
) {
  const house = createHouse(store, organisation);
  const calls: RequestCallsContext = {
    context: house.context,
    assets: assetsOf(organisation),
    beneficiaries: house.beneficiaries,
    people: store.collection<BeneficiaryRecord>('beneficiaries'),
    contacts: house.contacts,
    encounters: house.encounters,
    messages: store.collection<MessageRecord>('messages'),
    tasks: store.collection<TaskRecord>('tasks'),
    files:
      files ??
      createFiles({ records: store.collection<FileRecord>('files'), blobs, clock: house.clock, maxBytes: 2000 }),
  };
  const staff = await startStaff(store, {
    calls: [
      ...requestCalls(calls),
      ...onBehalfCalls(calls),
      ...peopleCalls(calls),
      ...encounterCalls(calls),
      ...taskCalls(calls),
    ],
  });
  const officer = await signedIn(staff.base, ['officer']);
  return { house, staff, officer, calls, newId: () => systemIds.uuid() };
}

/** Sends a file as the body. */
export async function uploads({
  base,
  client,
  path,
  bytes,
}: {
  base: string;
  client: StaffClient;
  path: string;
  bytes: Uint8Array;
}) {
  const response = await fetch(`${base}/api/staff${path}`, {
    method: 'POST',
    body: new Uint8Array(bytes),
    headers: { 'content-type': 'application/octet-stream', cookie: client.cookie },
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}
