import { createSign, generateKeyPairSync } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Cloud } from '../../../src/channels/botframework/connector.js';

export const appId = '11111111-2222-4333-8444-555555555555';
export const appPassword = 'not-a-real-password';
const issuer = 'https://api.botframework.com';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

/** What the connector was sent. */
export interface Sent {
  path: string;
  authorization: string | undefined;
  activity: Record<string, unknown>;
}

export type FakeCloud = Awaited<ReturnType<typeof startCloud>>;

/**
 * Plays Microsoft: the OpenID metadata and signing keys, the connector of a channel (`/v3/conversations/…`) with its
 * file store (`/attachments/…`), and the login, which hands out one token.
 */
export async function startCloud() {
  const sent: Sent[] = [];
  const fetched: { path: string; authorization: string | undefined }[] = [];
  const failures: { status: number; headers?: Record<string, string> }[] = [];
  const state = { keysDown: false, login: 'up' as 'up' | Error };

  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const { authorization } = request.headers;
    if (path === '/openid' || path === '/keys') {
      if (state.keysDown) return json(response, 503, {});
      const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'key-1', endorsements: ['webchat', 'msteams'] };
      return json(response, 200, path === '/openid' ? { jwks_uri: `${root}/keys` } : { keys: [jwk] });
    }
    if (path.startsWith('/attachments/')) {
      fetched.push({ path, authorization });
      if (path.endsWith('/moved')) return void response.writeHead(302, { location: '/attachments/1' }).end();
      return void response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-1.7');
    }
    if (!path.startsWith('/v3/conversations/')) return json(response, 404, {});
    const activity = JSON.parse(await text(request)) as Record<string, unknown>;
    const failure = failures.shift();
    if (failure) return json(response, failure.status, { error: { code: 'Failed', message: 'no' } }, failure.headers);
    sent.push({ path, authorization, activity });
    return json(response, 200, { id: `c-${sent.length}` });
  }

  const token = (claims: Record<string, unknown> = {}, { forged = false, kid = 'key-1' } = {}): string => {
    const seconds = Math.floor(Date.now() / 1000);
    const payload = { iss: issuer, aud: appId, serviceurl: root, nbf: seconds - 60, exp: seconds + 600, ...claims };
    const head = `${part({ alg: 'RS256', typ: 'JWT', kid })}.${part(payload)}`;
    const signature = createSign('RSA-SHA256')
      .update(head)
      .sign(forged ? stranger : privateKey, 'base64url');
    return `Bearer ${head}.${signature}`;
  };

  const cloud: Cloud = {
    issuer,
    // Keys are cached for each address, for the life of the process.
    openIdMetadataUrl: `${root}/openid`,
    loginUrl: `${root}/login`,
    // Microsoft's login library refuses hosts that are not Microsoft's, so the test hands out the token itself.
    credentials: {
      isValidAppId: async (id) => id === appId,
      isAuthenticationDisabled: async () => false,
      createCredentials: async () => ({
        async signRequest(request) {
          if (state.login instanceof Error) throw state.login;
          request.headers.set('authorization', 'Bearer connector-token');
          return request;
        },
      }),
    },
  };

  return {
    root,
    cloud,
    token,
    sent,
    fetched,
    state,
    /** The connector refuses the next activity. */
    fails: (status: number, headers: Record<string, string> = {}) => void failures.push({ status, headers }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
