import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLog } from '../../../../src/core/log.js';
import { until } from '../../../fixtures/eventually.js';
import { payload } from '../../../fixtures/graph-server/payloads.mjs';
import { failureOf, personName, personNumber, reply, startHarness, type Harness } from './harness.js';

/** What must be in no log and no error. */
const secrets = {
  text: 'عندي ظرف خاصّ لا يعرفه أحد',
  answer: 'نص الرد السرّي',
  caption: 'هذه صورة هويّتي',
  fileName: 'تقرير-طبي-سرّي',
  name: personName,
  phone: personNumber,
  shared: '50 765 4321',
};

let harness: Harness;
const lines: string[] = [];
const errors: string[] = [];

beforeAll(async () => {
  const log = createLog({ level: 'debug', format: 'json', write: (line) => void lines.push(line) });
  harness = await startHarness({ log, timeoutMs: 300 });
  const { server, person } = harness;
  harness.mailbox.refuse(1, new Error('the store is away'));
  person.says(secrets.text);
  person.sendsPayload('contacts');
  server.fail('download', { status: 404 }, 2);
  person.sendsFile('document', Buffer.from('x'), { filename: `${secrets.fileName}.pdf`, caption: secrets.caption });
  await until(() => server.pendingCount() === 0);
  await server.post(person.writes(payload('text')), { signature: `sha256=${'0'.repeat(64)}` });
  await server.post(undefined, { raw: `{"${secrets.text}` });
  for (const fault of [
    { status: 401, code: 190 },
    { status: 400, code: 100 },
    { status: 500, body: `<html>${secrets.answer} ${personNumber}</html>` },
    { body: secrets.answer },
    { drop: true },
    { delay: 500 },
    {},
  ]) {
    server.fail('messages', fault);
    const failure = await failureOf(harness.channel.send(reply(secrets.answer)));
    errors.push(`${failure?.message} ${failure?.stack} ${String(failure?.cause)}`);
  }
  errors.push(JSON.stringify(harness.channel.state()));
});

afterAll(() => harness.close());

it.each(Object.entries(secrets))('no log line and no error holds the %s', (_what, secret) => {
  expect(lines.length).toBeGreaterThan(5);
  expect([...lines, ...errors].join('\n')).not.toContain(secret);
});

it('nor a token or a secret of ours', () => {
  const { token, appSecret, verifyToken } = harness.server.credentials;
  for (const secret of [token, appSecret, verifyToken]) expect([...lines, ...errors].join('\n')).not.toContain(secret);
});
