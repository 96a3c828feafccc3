import { z } from 'zod';

/**
 * The part of a webhook's body that we read, https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components.
 * What is optional and malformed counts as absent, and one malformed message does not harm the others.
 */
const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const text = z.string().transform((value) => value.toWellFormed());
/** A phone number without `+`, or a business-scoped user id such as `SA.13491208655302741918`. */
const person = z.string().regex(/^[A-Za-z0-9._-]{1,128}$/);
const file = z.object({
  id: z.string().min(1).max(200),
  filename: optional(text),
  caption: optional(text),
  voice: optional(z.boolean()),
});
const choice = z.object({ id: text, title: text });

const message = z.object({
  id: z.string().min(1).max(256),
  from: optional(person),
  from_user_id: optional(person),
  timestamp: optional(
    z.coerce
      .number()
      .int()
      .nonnegative()
      .max(8.64e12 / 1000),
  ),
  type: optional(z.string().max(64)),
  text: optional(z.object({ body: text })),
  button: optional(z.object({ text, payload: optional(text) })),
  interactive: optional(z.object({ button_reply: optional(choice), list_reply: optional(choice) })),
  image: optional(file),
  audio: optional(file),
  voice: optional(file),
  video: optional(file),
  document: optional(file),
  location: optional(z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })),
  contacts: optional(
    z.array(z.object({ phones: optional(z.array(z.object({ phone: optional(text), wa_id: optional(text) }))) })),
  ),
});

const contact = z.object({
  wa_id: optional(person),
  user_id: optional(person),
  profile: optional(z.object({ name: optional(text) })),
});

const status = z.object({
  status: z.string(),
  biz_opaque_callback_data: z.string().max(512),
  errors: optional(z.array(z.object({ code: z.int() }))),
});

const value = z.object({
  metadata: z.object({ phone_number_id: z.string() }),
  contacts: optional(z.array(z.unknown())),
  messages: optional(z.array(z.unknown())),
  statuses: optional(z.array(z.unknown())),
});

const body = z.object({
  entry: z.array(z.object({ changes: z.array(z.object({ value: z.unknown() })) })),
});

export type CloudMessage = z.infer<typeof message>;
export type CloudFile = z.infer<typeof file>;
export type CloudStatus = z.infer<typeof status>;

/** Who writes. `id` stays the same when the person hides or changes the number, where Meta gives such an id. */
export interface Sender {
  id: string;
  waId: string | undefined;
  name: string | undefined;
}

export interface Batch {
  messages: { message: CloudMessage; sender: Sender }[];
  statuses: CloudStatus[];
}

/** All messages and reports for our number in one delivery, in the order in which they stand there. */
export function readBatch(raw: unknown, phoneNumberId: string): Batch {
  const batch: Batch = { messages: [], statuses: [] };
  const changes = body.safeParse(raw).data?.entry.flatMap((entry) => entry.changes) ?? [];
  for (const change of changes) {
    const { data } = value.safeParse(change.value);
    if (data?.metadata.phone_number_id !== phoneNumberId) continue;
    const contacts = each(contact, data.contacts);
    for (const one of each(message, data.messages)) {
      const sender = senderOf(one, contacts);
      if (sender) batch.messages.push({ message: one, sender });
    }
    batch.statuses.push(...each(status, data.statuses));
  }
  return batch;
}

function each<T extends z.ZodType>(schema: T, list: unknown[] | undefined): z.infer<T>[] {
  return (list ?? []).flatMap((one) => {
    const { data } = schema.safeParse(one);
    return data === undefined ? [] : [data];
  });
}

function senderOf({ from, from_user_id }: CloudMessage, contacts: z.infer<typeof contact>[]): Sender | undefined {
  const known =
    contacts.find(
      ({ wa_id, user_id }) =>
        (from !== undefined && wa_id === from) || (from_user_id !== undefined && user_id === from_user_id),
    ) ??
    // Someone without a number: the message names nobody, so it is the only one there.
    (contacts.length === 1 && from === undefined && from_user_id === undefined ? contacts[0] : undefined);
  const waId = known?.wa_id ?? (isNumber(from) ? from : undefined);
  const id = known?.user_id ?? from_user_id ?? waId ?? from;
  return id === undefined ? undefined : { id, waId, name: known?.profile?.name };
}

export const isNumber = (id: string | undefined): boolean => id !== undefined && /^\d+$/.test(id);
