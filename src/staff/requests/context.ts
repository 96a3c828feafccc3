import type { Assets } from '../../conversation/assets.js';
import type { FilePort } from '../../channels/channel.js';
import type { MessageRecord } from '../../mailbox/record.js';
import type { TaskRecord } from '../../mailbox/effects.js';
import type { Beneficiaries, BeneficiaryRecord } from '../../people/beneficiaries.js';
import type { Encounters } from '../../people/encounters.js';
import type { Contacts } from '../../people/contacts.js';
import type { RequestsContext } from '../../requests/context.js';
import type { Collection } from '../../store/collection.js';

/** What the calls about support requests stand on. */
export interface RequestCallsContext {
  context: RequestsContext;
  assets: Assets;
  beneficiaries: Beneficiaries;
  people: Collection<BeneficiaryRecord>;
  contacts: Contacts;
  messages: Collection<MessageRecord>;
  tasks: Collection<TaskRecord>;
  encounters: Encounters;
  files: FilePort;
}
