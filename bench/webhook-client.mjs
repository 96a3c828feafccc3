// Meta's side of `webhooks.mjs`: one delivery after another on each of 50 connections, then 200 a second.
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

const { url, deliveries, appSecret, phoneNumberId } = workerData;
let made = 0;
const agent = new Agent({ keepAlive: true, maxSockets: 50 });

async function flood(list) {
  let next = 0;
  const begun = performance.now();
  const work = async () => {
    while (next < list.length) await post(list[next++]);
  };
  await Promise.all(Array.from({ length: 50 }, work));
  return Math.round(list.length / ((performance.now() - begun) / 1000));
}

async function steady(list) {
  const times = [];
  const begun = performance.now();
  const under = [];
  for (const [index, body] of list.entries()) {
    const wait = begun + index * 5 - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const sent = performance.now();
    under.push(post(body).then(() => times.push(performance.now() - sent)));
  }
  await Promise.all(under);
  return times.toSorted((a, b) => a - b).map((ms) => Math.round(ms * 100) / 100);
}

function post({ text, signature }) {
  const headers = { 'x-hub-signature-256': signature, 'content-length': Buffer.byteLength(text) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response
        .resume()
        .once('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(String(response.statusCode)))));
    });
    sent.once('error', reject).end(text);
  });
}

/** Messages that were never sent before, signed beforehand. */
function bodies(count) {
  return Array.from({ length: count }, () => {
    made += 1;
    const text = JSON.stringify(delivery(made));
    return { text, signature: `sha256=${createHmac('sha256', appSecret).update(text).digest('hex')}` };
  });
}

/** 500 people in turn. */
const delivery = (index) => {
  const waId = `9665${String(index % 500).padStart(8, '0')}`;
  const contacts = [{ profile: { name: 'Person' }, wa_id: waId }];
  const message = {
    from: waId,
    id: `wamid.${index}`,
    timestamp: '1795240800',
    type: 'text',
    text: { body: 'متى يطلع قرار اللجنة؟' },
  };
  const value = {
    messaging_product: 'whatsapp',
    metadata: { phone_number_id: phoneNumberId },
    contacts,
    messages: [message],
  };
  return { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages', value }] }] };
};

await flood(bodies(Math.round(deliveries / 10)));
const perSecond = await flood(bodies(deliveries));
const waits = await steady(bodies(Math.round(deliveries / 4)));
agent.destroy();
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort.postMessage({ perSecond, p50: waits[waits.length >> 1], p99: waits[Math.floor(waits.length * 0.99)] });
