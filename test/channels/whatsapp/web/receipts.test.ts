import { expect, it } from 'vitest';
import type { DeliveryPorts, DeliveryReport } from '../../../../src/channels/channel.js';
import { createReceipts } from '../../../../src/channels/whatsapp/web/receipts.js';
import { silentLog } from '../../../../src/core/log.js';
import { eventually } from '../../../fixtures/eventually.js';

const reply = { conversation: { id: '77700@lid' }, activityId: 'r1' };

function setUp(answers: Awaited<ReturnType<DeliveryPorts['reported']>>['type'][] = []) {
  const reports: DeliveryReport['delivery'][] = [];
  const receipts = createReceipts({
    async reported({ delivery, ...about }) {
      expect(about).toEqual(reply);
      reports.push(delivery);
      return { type: answers.shift() ?? 'recorded' };
    },
    pauseMs: 1,
    log: silentLog,
  });
  return { receipts, reports };
}

it('One tick tells nothing, two that the phone has it, blue ones that it was read', () => {
  const { receipts, reports } = setUp();
  receipts.sent('m1', reply);
  for (const ack of [0, 1, 2, 3, 4]) receipts.acked('m1', ack);
  expect(reports.map(({ status }) => status)).toEqual(['delivered', 'read', 'read']);
});

it('The sign that it has not left the page is a failure, until a tick says that it has', () => {
  const { receipts, reports } = setUp();
  receipts.sent('m1', reply);
  for (const ack of [-1, 2]) receipts.acked('m1', ack);
  expect(reports).toEqual([{ status: 'failed', kind: 'unavailable' }, { status: 'delivered' }]);
});

it('A tick that is faster than the answer of the page is kept for it', () => {
  const { receipts, reports } = setUp();
  receipts.acked('m1', 3);
  receipts.acked('m1', 2);
  receipts.sent('m1', reply);
  expect(reports).toEqual([{ status: 'read' }]);
});

it("What somebody writes on the phone is nobody's reply", () => {
  const { receipts, reports } = setUp();
  receipts.sent('m1', reply);
  receipts.acked('typed on the phone', 2);
  expect(reports).toEqual([]);
});

it('A report that comes before the transcript has the reply is made again', async () => {
  const { receipts, reports } = setUp(['too_early', 'too_early']);
  receipts.sent('m1', reply);
  receipts.acked('m1', 2);
  await eventually(() => expect(reports.map(({ status }) => status)).toEqual(['delivered', 'delivered', 'delivered']));
});
