import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './channels/whatsapp/web/find-browser.js';
import { readConfig, type Config } from './config.js';
import { AppError } from './core/errors.js';
import { systemIds } from './core/ids.js';
import { loadContent } from './flows/load.js';
import { openStore } from './store/open.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** One thing that was looked at. `help` says what to do when it is not well. */
interface Finding {
  about: string;
  well: boolean;
  says: string;
}

/** `npm run doctor`: what is configured, reachable and missing. Works beside a running server, and changes nothing. */
async function examine(): Promise<Finding[]> {
  const config = readConfig();
  return [
    {
      about: 'Node',
      well: supported(process.versions.node),
      says: `${process.versions.node}; 20.19 or newer is needed`,
    },
    ...config.warnings.map((says) => ({ about: 'Configuration', well: false, says })),
    { about: 'Configuration', well: true, says: `organisation ${config.ORGANISATION}, port ${config.PORT}` },
    ...content(config),
    await store(config),
    await disk(config),
    await server(config),
    await telegram(config),
    await whatsApp(config),
    {
      about: 'Bot Framework',
      well: true,
      says: config.MICROSOFT_APP_ID === undefined ? 'off: MICROSOFT_APP_ID is not set' : 'on, with an app id',
    },
    {
      about: 'Data key',
      well: true,
      says: config.DATA_KEY === undefined ? `kept in ${config.DATA_DIR}/data.key: back it up` : 'given by DATA_KEY',
    },
  ];
}

function supported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 19);
}

function content(config: Config): Finding[] {
  try {
    const { organisations, faq } = loadContent(root);
    const organisation = organisations.get(config.ORGANISATION);
    if (!organisation) {
      const known = [...organisations.keys()].join(', ');
      return [{ about: 'Content', well: false, says: `ORGANISATION must be one of: ${known}` }];
    }
    const examples = organisation.examples.join(', ');
    return [
      { about: 'Content', well: true, says: `${organisations.size} organisations, ${faq.length} FAQ entries` },
      ...(examples === ''
        ? []
        : [
            {
              about: 'Content',
              well: false,
              says: `still an example, please edit in flows/organisations/${organisation.id}.yaml: ${examples}`,
            },
          ]),
    ];
  } catch (error) {
    return [{ about: 'Content', well: false, says: sentence(error) }];
  }
}

async function store({ DATA_DIR, MONGODB_URI }: Config): Promise<Finding> {
  if (MONGODB_URI === undefined && !existsSync(DATA_DIR)) {
    return { about: 'Store', well: true, says: `nothing in ${DATA_DIR} yet: the first start makes it` };
  }
  try {
    const mongodb = MONGODB_URI === undefined ? {} : { mongodbUri: MONGODB_URI };
    const opened = await openStore({ dataFolder: DATA_DIR, readOnly: true, ids: systemIds, ...mongodb });
    const waiting = await opened.store.collection('conversations').count({ due: { $gt: 0 } });
    await opened.store.close();
    return { about: 'Store', well: true, says: `${opened.store.place}; ${waiting} conversations have something to do` };
  } catch (error) {
    return { about: 'Store', well: false, says: sentence(error) };
  }
}

const enough = 1024 ** 3;

async function disk({ DATA_DIR }: Config): Promise<Finding> {
  try {
    const { bavail, bsize } = await statfs(DATA_DIR);
    const gigabytes = ((bavail * bsize) / enough).toFixed(1);
    return { about: 'Disk', well: bavail * bsize > enough, says: `${gigabytes} GB free where the data is` };
  } catch {
    return { about: 'Disk', well: true, says: `${DATA_DIR} is not there yet: the first start makes it` };
  }
}

async function server({ PORT }: Config): Promise<Finding> {
  try {
    const response = await fetch(`http://127.0.0.1:${PORT}/readyz`, { signal: AbortSignal.timeout(2000) });
    const well = response.ok;
    return {
      about: 'Server',
      well,
      says: well ? `runs on port ${PORT} and is ready` : `runs on port ${PORT}, but /readyz says that a part fails`,
    };
  } catch {
    return { about: 'Server', well: true, says: `does not run on port ${PORT}` };
  }
}

async function telegram({ TELEGRAM_BOT_TOKEN, TELEGRAM_API_ROOT }: Config): Promise<Finding> {
  if (TELEGRAM_BOT_TOKEN === undefined)
    return { about: 'Telegram', well: true, says: 'off: TELEGRAM_BOT_TOKEN is not set' };
  try {
    const response = await fetch(`${TELEGRAM_API_ROOT}/bot${TELEGRAM_BOT_TOKEN}/getMe`, {
      signal: AbortSignal.timeout(10_000),
    });
    if (response.ok) return { about: 'Telegram', well: true, says: 'on: the token is good' };
    return {
      about: 'Telegram',
      well: false,
      says: `refuses the token (${response.status}): ask @BotFather for a new one`,
    };
  } catch {
    return { about: 'Telegram', well: false, says: 'cannot be reached: look at the network, or at TELEGRAM_API_ROOT' };
  }
}

async function whatsApp(config: Config): Promise<Finding> {
  const about = 'WhatsApp';
  const { WHATSAPP_PROVIDER: provider } = config;
  if (provider === 'off') return { about, well: true, says: 'off: WHATSAPP_PROVIDER is not set' };
  return { about, ...(provider === 'web' ? whatsAppWeb(config) : await whatsAppCloud(config)) };
}

function whatsAppWeb({ CHROME_PATH }: Config): Omit<Finding, 'about'> {
  const browser = findBrowser(CHROME_PATH);
  if (browser.type === 'missing') return { well: false, says: browser.help };
  const how = 'whether it is linked, the start and /api/staff/channels tell';
  return { well: true, says: `web, an unofficial client, with ${browser.path}; ${how}` };
}

async function whatsAppCloud(config: Config): Promise<Omit<Finding, 'about'>> {
  const { WHATSAPP_CLOUD_API_ROOT: apiRoot, WHATSAPP_CLOUD_PHONE_NUMBER_ID: id, WHATSAPP_CLOUD_TOKEN: token } = config;
  try {
    const response = await fetch(`${apiRoot}/${id}?fields=id`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(10_000),
    });
    if (response.ok) return { well: true, says: 'on: the token is good for this number' };
    const says = `Meta refuses (${response.status}): look at WHATSAPP_CLOUD_TOKEN and WHATSAPP_CLOUD_PHONE_NUMBER_ID`;
    return { well: false, says };
  } catch {
    return { well: false, says: 'cannot be reached: look at the network, or at WHATSAPP_CLOUD_API_ROOT' };
  }
}

const sentence = (error: unknown): string => (error instanceof AppError ? error.message : 'failed in an unknown way');

try {
  const findings = await examine();
  for (const { about, well, says } of findings)
    process.stdout.write(`${well ? ' ok ' : ' !! '} ${about.padEnd(14)} ${says}\n`);
  process.exitCode = findings.every(({ well }) => well) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${sentence(error)}\n`);
  process.exitCode = 1;
}
