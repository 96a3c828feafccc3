import type { CollectionSchema } from './collection.js';

/** Every collection and every index of Wasl. */
export const schema = {
  /**
   * One document a conversation: its mailbox, its state, and its place before the staff (`desk`). `due` is when somebody
   * should look at it next.
   */
  conversations: {
    indexes: [{ fields: ['due'] }, { fields: ['owner', 'activeAt'] }, { fields: ['desk.status', 'desk.since'] }],
  },
  /** The transcript, append-only. `sequence` numbers the messages of one conversation. */
  messages: { indexes: [{ fields: ['conversation', 'sequence'], unique: true }] },
  /** Support requests. What their applicants are to be told waits in them until the relay takes it. */
  requests: {
    indexes: [
      { fields: ['reference'], unique: true },
      { fields: ['status', 'submittedAt'] },
      { fields: ['submittedAt'] },
      { fields: ['conversation', 'submittedAt'] },
      { fields: ['beneficiary', 'submittedAt'] },
      { fields: ['noticesDue'] },
      { fields: ['due'] },
    ],
  },
  /** Meetings of the committee. */
  sittings: { indexes: [{ fields: ['number'], unique: true }, { fields: ['date'] }, { fields: ['status'] }] },
  /** People, with their contacts. `idHash` and `mobileHash` are keyed hashes. */
  beneficiaries: { indexes: [{ fields: ['idHash'], unique: true }, { fields: ['mobileHash'] }, { fields: ['at'] }] },
  /** Forms that were begun and not finished, to remind of. */
  drafts: { indexes: [{ fields: ['due'] }] },
  /** One-time codes that were sent to a chat, and how often a wrong one was typed. */
  codes: { indexes: [{ fields: ['expires'] }] },
  /** Members of staff. */
  accounts: { indexes: [{ fields: ['email'], unique: true }, { fields: ['at'] }] },
  invitations: { indexes: [{ fields: ['expires'] }] },
  sessions: { indexes: [{ fields: ['account', 'expires'] }, { fields: ['expires'] }] },
  /** Who did, saw or was refused what; append-only. */
  audit: { indexes: [{ fields: ['at'] }, { fields: ['about', 'at'] }, { fields: ['by', 'at'] }] },
  /** Questions that the FAQ could not answer. */
  gaps: { indexes: [{ fields: ['at'] }] },
  /** What a member of staff should do. */
  tasks: { indexes: [{ fields: ['status', 'at'] }] },
  /** Completed forms that staff read. */
  submissions: {
    indexes: [
      { fields: ['reference'], unique: true },
      { fields: ['at'] },
      { fields: ['form', 'at'] },
      { fields: ['status', 'at'] },
      { fields: ['form', 'status', 'at'] },
      { fields: ['noticesDue'] },
    ],
  },
  /** Interviews: `slot` is a time that is taken, `holder` the conversation whose open booking it is. */
  appointments: {
    indexes: [
      { fields: ['slot'], unique: true },
      { fields: ['holder'], unique: true },
      { fields: ['start'] },
      { fields: ['status', 'start'] },
      { fields: ['conversation', 'at'] },
      { fields: ['noticesDue'] },
      { fields: ['due'] },
    ],
  },
  /** Facts about files that people sent; the content is in `store/blobs`. */
  files: { indexes: [{ fields: ['at'] }] },
  /** Small records of the deployment itself: keys, cursors. */
  settings: { indexes: [] },
} as const satisfies Record<string, CollectionSchema>;

export type CollectionName = keyof typeof schema;
