import type { Request, Response } from 'express';
import { equalSecret } from '../../../core/equal-secret.js';
import type { Route } from '../../../core/http.js';
import { readBatch } from './payload.js';
import type { Receiver } from './receive.js';
import { isSigned } from './signature.js';

export interface WebhookOptions {
  appSecret: string;
  verifyToken: string;
  phoneNumberId: string;
  receiver: Receiver;
  /** False while the channel is stopped. */
  open(): boolean;
}

const path = '/webhooks/whatsapp';

/** Meta's deliveries have up to 3 MB: https://developers.facebook.com/docs/graph-api/webhooks/getting-started */
const bodyLimitBytes = 4 * 1024 * 1024;

/**
 * Receives: 200 when everything in a delivery is durable, 503 when Meta shall send it again, which it does for seven
 * days. What is not signed by Meta is neither parsed nor kept.
 */
export function createWebhook({ appSecret, verifyToken, phoneNumberId, receiver, open }: WebhookOptions): Route[] {
  function shakeHands({ query }: Request, response: Response): void {
    const challenge = query['hub.challenge'];
    const known = query['hub.mode'] === 'subscribe' && equalSecret(query['hub.verify_token'], verifyToken);
    if (!known || typeof challenge !== 'string') return void response.status(403).end();
    response.type('text/plain').send(challenge);
  }

  async function handle(request: Request, response: Response): Promise<void> {
    const raw: unknown = request.body;
    if (!Buffer.isBuffer(raw) || !isSigned(raw, request.get('X-Hub-Signature-256'), appSecret))
      return void response.status(401).end();
    if (!open()) return void response.status(503).end();
    const content = parse(raw);
    if (content === undefined) return void response.status(400).end();
    const taken = await receiver.receive(readBatch(content, phoneNumberId));
    response.status(taken ? 200 : 503).end();
  }

  return [
    { method: 'get', path, handle: shakeHands },
    { method: 'post', path, body: 'raw', bodyLimitBytes, handle },
  ];
}

function parse(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return undefined;
  }
}
