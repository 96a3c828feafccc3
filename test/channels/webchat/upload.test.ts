import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../../src/core/errors.js';
import { connect, fetchAjax } from './directline.js';
import { eventually } from '../../fixtures/eventually.js';
import { minute, startWorld, type Called, type Posted, type Visit, type World } from './world.js';

let world: World;
let visit: Visit;
let path: string;

beforeEach(async () => {
  world = await startWorld();
  visit = await world.visit();
  path = `/v3/directline/conversations/${visit.conversationId}`;
});

afterEach(() => world.close());

const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(100, 5)]);
const send = (body: FormData): Promise<Called> =>
  world.call('POST', `${path}/upload?userId=x`, { token: visit.token, body });

function form(files: [Blob, string?][], activity?: object): FormData {
  const data = new FormData();
  const type = 'application/vnd.microsoft.activity';
  if (activity) data.append('activity', new Blob([JSON.stringify(activity)], { type }), 'blob');
  for (const [file, name] of files) data.append('file', file, name);
  return data;
}

async function received(): Promise<Posted[]> {
  const { body } = await world.call('GET', `${path}/activities`, { token: visit.token });
  return body.activities ?? [];
}

test('the official client sends two files of equal Arabic names and a picture, and can open them again', async () => {
  const ajax = fetchAjax();
  const client = connect({ domain: world.domain, token: visit.token, ajax });
  await eventually(() => expect(client.texts()).toHaveLength(1));
  const pdf = Buffer.from('%PDF-1.7 content').toString('base64');
  const attachments = [
    { contentType: 'application/pdf', contentUrl: `data:application/pdf;base64,${pdf}`, name: 'الهوية الوطنية.pdf' },
    { contentType: 'application/pdf', contentUrl: `data:application/pdf;base64,${pdf}`, name: 'الهوية الوطنية.pdf' },
    { contentType: 'image/png', contentUrl: URL.createObjectURL(new Blob([png])), name: 'صورة «١».png' },
  ];
  const channelData = { clientActivityID: 'upload-1' };
  const id = await client.post({ type: 'message', from: { id: 'x' }, text: 'أوراقي', attachments, channelData });
  await eventually(() => expect(client.texts()).toContain('وصل: أوراقي'));
  const echo = client.received.find((activity) => activity.id === id);
  expect(echo).toMatchObject({
    channelData,
    attachments: [{ name: 'الهوية الوطنية.pdf' }, { name: 'الهوية الوطنية (1).pdf' }, { name: 'صورة «١».png' }],
  });
  expect(world.mailbox.messages()[0]?.attachments?.[2]).toEqual({
    contentType: 'image/png',
    contentUrl: 'wasl-file:file-3',
    name: 'صورة «١».png',
    size: png.length,
  });
  const links = (echo as unknown as { attachments: { contentUrl: string }[] }).attachments;
  const opened = await fetch(links[2]?.contentUrl ?? '');
  expect(Buffer.from(await opened.arrayBuffer())).toEqual(png);
  client.line.end();
});

const badAndGood = () =>
  form([
    [new Blob(['x'.repeat(150_000)]), 'a.exe'],
    [new Blob(['%PDF']), 'b.pdf'],
  ]);

describe('an upload', () => {
  test('keeps both files when a client does not rename equal ones', async () => {
    await send(
      form(
        [
          [new Blob(['%PDF-1']), 'ملف.pdf'],
          [new Blob(['%PDF-2']), 'ملف.pdf'],
        ],
        { type: 'message' },
      ),
    );
    expect(world.mailbox.messages()[0]?.attachments?.map(({ contentUrl }) => contentUrl)).toEqual([
      'wasl-file:file-1',
      'wasl-file:file-2',
    ]);
    expect([...world.mailbox.files.values()].map(({ bytes }) => String(bytes))).toEqual(['%PDF-1', '%PDF-2']);
  });

  test('needs no activity part', async () => {
    expect((await send(form([[new Blob(['%PDF-1']), 'a.pdf']]))).status).toBe(200);
    expect(world.mailbox.messages()[0]?.attachments).toHaveLength(1);
  });

  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\هوية.pdf', 'هوية.pdf'],
    ['gpj.\u202Eexe', 'gpj.exe'],
    ['س'.repeat(300), 'س'.repeat(150)],
    ['..', 'file'],
  ])('a file called %j is kept as %j', async (name, kept) => {
    await send(form([[new Blob(['%PDF-1']), name]]));
    expect(world.mailbox.messages()[0]?.attachments?.[0]?.name).toBe(kept);
  });

  test('that is repeated under its clientActivityID is one message', async () => {
    const activity = { type: 'message', channelData: { clientActivityID: 'u-1' } };
    const first = await send(form([[new Blob(['%PDF-1']), 'a.pdf']], activity));
    const second = await send(form([[new Blob(['%PDF-1']), 'a.pdf']], activity));
    expect(first.body['id']).toBe(second.body['id']);
    expect(world.mailbox.messages()).toHaveLength(1);
  });

  const refusals: [string, number, () => FormData][] = [
    ['with nothing in it', 400, () => form([], { type: 'message' })],
    ['with an activity that is none', 400, () => form([[new Blob(['%PDF-1']), 'a.pdf']], { type: 7 })],
    ['with too many files', 400, () => form(Array.from({ length: 4 }, () => [new Blob(['%PDF-1']), 'a.pdf']))],
    ['with far too many files', 400, () => form(Array.from({ length: 40 }, () => [new Blob(['%PDF-1']), 'a.pdf']))],
    ['with a file that is too large', 413, () => form([[new Blob(['%PDF', 'x'.repeat(200_001)]), 'a.pdf']])],
    ['that is too large as a whole', 413, () => form([[new Blob(['x'.repeat(2_000_000)]), 'a.pdf']])],
    ['with an activity that is too large', 413, () => form([], { type: 'message', text: 'x'.repeat(70_000) })],
  ];
  test.each(refusals)('%s is refused with %i', async (_what, status, body) => {
    const answer = await send(body());
    expect(answer.status).toBe(status);
    expect(answer.body.error?.message).toMatch(/\.$/);
    expect(world.mailbox.accepted).toEqual([]);
  });

  test('that is too large as a whole and does not say so beforehand is refused with 413', async () => {
    const { token } = visit;
    const part = 'Content-Disposition: form-data; name="junk"; filename="a"';
    const body = new Blob([`--b\r\n${part}\r\n\r\n`, 'x'.repeat(900_000), '\r\n--b--\r\n']).stream();
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=b' };
    const options: RequestInit & { duplex: string } = { method: 'POST', headers, body, duplex: 'half' };
    expect((await fetch(`${world.base}${path}/upload`, options)).status).toBe(413);
    expect(world.mailbox.files.size).toBe(0);
  });

  test('of exactly the largest size is taken', async () => {
    expect((await send(form([[new Blob(['x'.repeat(200_000)]), 'a.pdf']]))).status).toBe(200);
  });

  test('of a type that is not taken is 415, and 503 when the store is away', async () => {
    world.mailbox.refuseFiles = new AppError('file_refused', 'not allowed');
    expect((await send(badAndGood())).status).toBe(415);
    world.mailbox.refuseFiles = new Error('the store is away');
    expect((await send(badAndGood())).status).toBe(503);
    world.mailbox.refuseFiles = undefined;
    expect((await send(badAndGood())).status).toBe(200);
  });

  test.each([
    ['application/json', '{}', 415],
    ['multipart/form-data', 'x', 415],
    ['multipart/form-data; boundary=b', '', 400],
    ['multipart/form-data; boundary=b', 'nothing of the kind', 400],
    [
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf',
      400,
    ],
    ['multipart/form-data; boundary=b', '--b\r\n\r\n\r\n--b--', 400],
  ])('of %s with %j is refused', async (type, body, status) => {
    const answer = await world.call('POST', `${path}/upload`, {
      token: visit.token,
      body,
      headers: { 'content-type': type },
    });
    expect(answer.status).toBe(status);
    expect(world.mailbox.accepted).toEqual([]);
  });

  test('that breaks off leaves nothing behind', async () => {
    const { hostname, port } = new URL(world.base);
    const headers = { authorization: `Bearer ${visit.token}`, 'content-type': 'multipart/form-data; boundary=b' };
    const sending = request({ hostname, port, path: `${path}/upload`, method: 'POST', headers });
    sending.on('error', () => {});
    sending.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' + 'x'.repeat(90_000));
    await eventually(() => expect(world.mailbox.saving).toBeGreaterThan(0));
    sending.destroy();
    await eventually(() => expect(world.lines.some((line) => line.includes('"status":499'))).toBe(true));
    expect(world.mailbox.files.size).toBe(0);
    expect(world.mailbox.accepted).toEqual([]);
    expect((await send(form([[new Blob(['%PDF-1']), 'a.pdf']]))).status).toBe(200);
  });
});

async function linkOf(blob: Blob, name: string): Promise<string> {
  await send(form([[blob, name]]));
  const [first] = await received();
  return (first as unknown as { attachments: { contentUrl: string }[] }).attachments[0]?.contentUrl ?? '';
}

describe('a file', () => {
  test('is a download that no browser runs, under its own name', async () => {
    const response = await fetch(await linkOf(new Blob(["%PDF-1 it's"]), "تقرير (1)'.pdf"));
    expect(await response.text()).toBe("%PDF-1 it's");
    const { headers } = response;
    const name = 'attachment; filename="file"; filename*=UTF-8\'\'%D8%AA%D9%82%D8%B1%D9%8A%D8%B1%20%281%29%27.pdf';
    expect(headers.get('content-disposition')).toBe(name);
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('cache-control')).toContain('private');
  });

  test('that is a picture shows inside a page, also of another site', async () => {
    const response = await fetch(await linkOf(new Blob([png]), 'a.png'));
    expect(response.headers.get('content-disposition')).toMatch(/^inline;/);
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(response.headers.get('content-length')).toBe(String(png.length));
    await response.arrayBuffer();
  });

  test('has a link that ends after an hour; the history then gives a fresh one', async () => {
    const link = await linkOf(new Blob(['%PDF-1']), 'a.pdf');
    world.pass(61 * minute);
    expect((await fetch(link)).status).toBe(403);
    visit = await world.visit(visit.token);
    const [first] = await received();
    const fresh = (first as unknown as { attachments: { contentUrl: string }[] }).attachments[0]?.contentUrl ?? '';
    expect((await fetch(fresh)).status).toBe(200);
  });

  test('is found by its signed link only', async () => {
    await linkOf(new Blob(['%PDF-1']), 'a.pdf');
    for (const guess of ['file-1', 'wasl-file:file-1', 'x.y', visit.token]) {
      expect((await fetch(`${world.base}/chat/files/${guess}`)).status).toBe(404);
    }
  });

  test('that is gone is not found', async () => {
    const link = await linkOf(new Blob(['%PDF-1']), 'a.pdf');
    world.mailbox.files.clear();
    expect((await fetch(link)).status).toBe(404);
    expect((await fetch(link, { method: 'HEAD' })).status).toBe(404);
  });
});
