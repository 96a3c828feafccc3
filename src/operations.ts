import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { ChannelState } from './channels/channel.js';
import type { Route } from './core/http.js';
import type { Log } from './core/log.js';
import type { Observer } from './mailbox/context.js';
import type { Store } from './store/collection.js';

/** Counts and times, by channel and route. Nothing about any person. */
export interface Metrics {
  observer: Observer;
  observeRequest(seen: { method: string; route: string; status: number; ms: number }): void;
  /** Prometheus text format. */
  read(channels: readonly NamedState[]): Promise<{ type: string; text: string }>;
}

export type NamedState = ChannelState & { id: string };

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const accepted = new Counter({ name: 'wasl_messages_accepted_total', help: 'Inbound activities by channel and outcome', labelNames: ['channel', 'outcome'], registers }); // prettier-ignore
  const delivered = new Counter({ name: 'wasl_messages_delivered_total', help: 'Deliveries by channel and outcome', labelNames: ['channel', 'outcome'], registers }); // prettier-ignore
  const turns = new Histogram({ name: 'wasl_turn_seconds', help: 'Time of the conversation engine for one turn', labelNames: ['channel'], buckets: [0.0005, 0.001, 0.005, 0.02, 0.1, 0.5], registers }); // prettier-ignore
  const requests = new Histogram({ name: 'wasl_http_request_seconds', help: 'HTTP requests by route and status', labelNames: ['method', 'route', 'status'], registers }); // prettier-ignore
  const on = new Gauge({ name: 'wasl_channel_on', help: '1 when a channel receives, 0 when it is failing', labelNames: ['channel'], registers }); // prettier-ignore

  return {
    observer: {
      accepted: (channel, outcome) => accepted.inc({ channel, outcome }),
      turned: (channel, ms) => turns.observe({ channel }, ms / 1000),
      delivered: (channel, outcome) => delivered.inc({ channel, outcome }),
    },
    observeRequest: ({ method, route, status, ms }) =>
      requests.observe({ method, route, status: String(status) }, ms / 1000),
    async read(channels) {
      for (const { id, state } of channels) on.set({ channel: id }, state === 'on' ? 1 : 0);
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}

export interface OperationsOptions {
  store: Store;
  metrics: Metrics;
  channels(): readonly NamedState[];
  log: Log;
}

/** What those who run Wasl look at: is it alive, is each part ready, how much goes through. */
export function createOperationsRoutes({ store, metrics, channels, log }: OperationsOptions): readonly Route[] {
  async function readiness() {
    const storeState = await store.ping().then(
      () => ({ state: 'on' as const, reason: store.place }),
      (error: unknown) => {
        log.error('the store does not answer', { code: 'store_failed', error });
        return { state: 'failing' as const, reason: 'The store does not answer.' };
      },
    );
    const parts: NamedState[] = [{ id: 'store', ...storeState }, ...channels()];
    return { ready: parts.every((part) => part.state !== 'failing'), parts };
  }

  return [
    { method: 'get', path: '/healthz', handle: (_request, response) => void response.json({ status: 'ok' }) },
    {
      method: 'get',
      path: '/readyz',
      async handle(_request, response) {
        const { ready, parts } = await readiness();
        response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'failing', parts });
      },
    },
    {
      method: 'get',
      path: '/metrics',
      async handle(_request, response) {
        const { type, text } = await metrics.read(channels());
        response.type(type).send(text);
      },
    },
  ];
}
