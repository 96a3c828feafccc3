import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { ConfigError } from './core/errors.js';
import { readSpan } from './requests/quiet-hours.js';

/**
 * The configuration: the environment, read once, checked whole, frozen. This is the only reader of `process.env`;
 * everything else is handed plain values. `.env.example` explains every variable to the operator.
 */
const variables = {
  ORGANISATION: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'must be the id of a profile in flows/organisations, like asseb')
    .default('asseb'),
  PORT: number({ least: 0, most: 65_535, otherwise: 3000 }),
  HOST: z.string().default('0.0.0.0'),
  PUBLIC_URL: address('https://chat.example.org').optional(),
  DATA_DIR: z.string().default('./data'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://, like mongodb://127.0.0.1:27017/wasl')
    .optional(),
  DATA_KEY: z
    .string()
    .refine(
      (value) => Buffer.from(value, 'base64').length === 32,
      'must be 32 bytes in base64, like the output of: openssl rand -base64 32',
    )
    .optional(),

  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]+$/, 'must be the token that @BotFather gave, like 123456:ABC-DEF')
    .optional(),
  TELEGRAM_API_ROOT: address('https://api.telegram.org').default('https://api.telegram.org'),
  TELEGRAM_MODE: z.enum(['polling', 'webhook'], 'must be polling or webhook').default('polling'),
  WHATSAPP_PROVIDER: z.enum(['off', 'web', 'cloud'], 'must be off, web or cloud').default('off'),
  CHROME_PATH: z.string().optional(),
  WHATSAPP_PAIR_NUMBER: z
    .string()
    .regex(/^\+?\d{8,15}$/, 'must be the international number of the phone to link, like +966512345678')
    .transform((phone) => phone.replace('+', ''))
    .optional(),
  WHATSAPP_WEB_PER_MINUTE: number({ least: 1, most: 120, otherwise: 20 }),
  WHATSAPP_WEB_TYPING_SECONDS: number({ least: 0, most: 10, otherwise: 3 }),
  WHATSAPP_CLOUD_TOKEN: z.string().regex(/^\S+$/, 'must be the access token from Meta, without spaces').optional(),
  WHATSAPP_CLOUD_PHONE_NUMBER_ID: z
    .string()
    .regex(/^\d{5,20}$/, "must be the number's id in Meta's dashboard (digits, not the number itself)")
    .optional(),
  WHATSAPP_CLOUD_APP_SECRET: z
    .string()
    .regex(/^[0-9a-f]{32}$/i, "must be the app secret of Meta's dashboard: 32 hexadecimal digits")
    .optional(),
  WHATSAPP_CLOUD_VERIFY_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters, like the output of: openssl rand -hex 16')
    .optional(),
  WHATSAPP_CLOUD_API_ROOT: address('https://graph.facebook.com/v24.0').default('https://graph.facebook.com/v24.0'),
  MICROSOFT_APP_ID: z.string().optional(),
  MICROSOFT_APP_PASSWORD: z.string().optional(),
  MICROSOFT_APP_TENANT_ID: z.string().optional(),

  ADMIN_EMAIL: z
    .string()
    .trim()
    .toLowerCase()
    .regex(z.regexes.email, 'must be an e-mail address, like admin@example.org')
    .optional(),
  ADMIN_PASSWORD: z
    .string()
    .min(12, 'must have at least 12 characters; several words together are easy to remember')
    .optional(),

  CHAT_ORIGINS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    ) // prettier-ignore
    .refine(
      (origins) => origins.every((origin) => origin === '*' || isWebAddress(origin)),
      'must be web addresses with commas between, like https://www.example.org,https://example.org',
    )
    .transform((origins) => origins.map((origin) => (origin === '*' ? origin : new URL(origin).origin))),
  CHAT_TOKENS_PER_MINUTE: number({ least: 1, most: 100_000, otherwise: 30 }),
  MESSAGES_PER_MINUTE: number({ least: 1, most: 100_000, otherwise: 60 }),
  DIRECT_LINE_SECRET: z
    .string()
    .min(16, 'must have at least 16 characters, like the output of: openssl rand -hex 32')
    .optional(),
  TRUST_PROXY: z.string().default('loopback').transform(proxies),

  MAX_MESSAGE_LENGTH: number({ least: 100, most: 100_000, otherwise: 4000 }),
  MAX_BODY_KB: number({ least: 16, most: 10_240, otherwise: 256 }),
  MAX_FILE_MB: number({ least: 1, most: 100, otherwise: 10 }),
  MAX_FILES: number({ least: 1, most: 50, otherwise: 5 }),

  QUIET_HOURS: quietSpan('21:00-09:00'),
  QUIET_FRIDAY: quietSpan('00:00-16:00'),

  WASL_TIME_SHIFT: z.string().default('PT0S').transform(milliseconds),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
    .default('info'),
  LOG_FORMAT: z.enum(['json', 'pretty'], 'must be json or pretty').default('json'),
  NODE_ENV: z.string().default('development'),
};

type CloudVariable = keyof typeof variables & `WHATSAPP_CLOUD_${string}`;

const neededByCloud = (
  name: CloudVariable,
): [(env: Partial<Record<'WHATSAPP_PROVIDER' | CloudVariable, string | undefined>>) => boolean, object] => [
  (env) => env.WHATSAPP_PROVIDER !== 'cloud' || env[name] !== undefined,
  {
    path: [name],
    message: 'must be set for WHATSAPP_PROVIDER=cloud: the README tells under "WhatsApp" where it is found',
    when: always,
  },
];

const schema = z
  .object(variables)
  .refine(...neededByCloud('WHATSAPP_CLOUD_TOKEN'))
  .refine(...neededByCloud('WHATSAPP_CLOUD_PHONE_NUMBER_ID'))
  .refine(...neededByCloud('WHATSAPP_CLOUD_APP_SECRET'))
  .refine(...neededByCloud('WHATSAPP_CLOUD_VERIFY_TOKEN'))
  .refine((env) => env.TELEGRAM_MODE !== 'webhook' || !env.TELEGRAM_BOT_TOKEN || env.PUBLIC_URL, {
    path: ['PUBLIC_URL'],
    message: 'must be set for TELEGRAM_MODE=webhook, like https://chat.example.org',
    when: always,
  })
  .refine((env) => !env.MICROSOFT_APP_ID || env.MICROSOFT_APP_PASSWORD, {
    path: ['MICROSOFT_APP_PASSWORD'],
    message: 'must be set together with MICROSOFT_APP_ID: both are in the Azure portal',
    when: always,
  })
  .refine((env) => !env.MICROSOFT_APP_PASSWORD || env.MICROSOFT_APP_ID, {
    path: ['MICROSOFT_APP_ID'],
    message: 'must be set together with MICROSOFT_APP_PASSWORD: both are in the Azure portal',
    when: always,
  })
  .refine((env) => !env.ADMIN_EMAIL || env.ADMIN_PASSWORD, {
    path: ['ADMIN_PASSWORD'],
    message: 'must be set together with ADMIN_EMAIL: the first administrator signs in with both',
    when: always,
  })
  .refine((env) => !env.ADMIN_PASSWORD || env.ADMIN_EMAIL, {
    path: ['ADMIN_EMAIL'],
    message: 'must be set together with ADMIN_PASSWORD: the first administrator signs in with both',
    when: always,
  })
  .refine((env) => env.NODE_ENV !== 'production' || env.WASL_TIME_SHIFT === 0, {
    path: ['WASL_TIME_SHIFT'],
    message: 'must not be set in production (NODE_ENV=production): it moves the clock',
    when: always,
  });

export type Environment = z.infer<typeof schema>;
export type Config = Readonly<Environment> & { readonly warnings: readonly string[] };

/** Reads `.env` (which does not override what is set) and the environment. Throws `ConfigError` with every mistake. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env, envFile = '.env'): Config {
  const file = existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {};
  const given = Object.entries({ ...file, ...environment }).filter(
    ([name, value]) => name in variables && value !== '',
  );
  const result = schema.safeParse(Object.fromEntries(given));
  if (!result.success) {
    throw new ConfigError(result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  }
  const unknown = Object.keys(file).filter((name) => !(name in variables));
  return Object.freeze({
    ...result.data,
    warnings: unknown.map(
      (name) => `${envFile} sets ${name}, which Wasl does not know. Is it misspelt? See .env.example.`,
    ),
  });
}

export const variableNames: readonly string[] = Object.keys(variables);

function number({ least, most, otherwise }: { least: number; most: number; otherwise: number }) {
  const message = `must be a whole number from ${least} to ${most}, like ${otherwise}`;
  return z.string().regex(/^\d+$/, message).transform(Number).refine((value) => value >= least && value <= most, message).default(otherwise); // prettier-ignore
}

function address(example: string) {
  const message = `must be a web address, like ${example}`;
  return z
    .string()
    .refine(isWebAddress, message)
    .transform((value) => value.replace(/\/+$/, ''));
}

/** `localhost:3000` can be parsed too: by a scheme of that name. */
function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** As Express takes it: a number of hops, which it would read as an address if it were text, or addresses and names. */
function proxies(text: string, context: z.RefinementCtx): string | number {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  if (text.split(',').every((one) => isProxy(one.trim()))) return text;
  context.addIssue({
    code: 'custom',
    message: 'must be a number of proxies, or addresses with commas between, like loopback or 10.0.0.0/8',
  });
  return z.NEVER;
}

function isProxy(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [host = '', bits] = text.split('/');
  const family = isIP(host);
  return family !== 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)));
}

/** From when to when people are not disturbed, or `none`. */
function quietSpan(otherwise: string) {
  return z
    .string()
    .default(otherwise)
    .transform((text, context) => {
      const span = readSpan(text);
      if (span !== undefined) return span;
      context.addIssue({ code: 'custom', message: `must be a span of the day in Riyadh, like ${otherwise}, or none` });
      return z.NEVER;
    });
}

/** An ISO 8601 duration of weeks, days, hours, minutes and seconds. */
function milliseconds(text: string, context: z.RefinementCtx): number {
  const match = /^([+-])?P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  if (!match) {
    context.addIssue({ code: 'custom', message: 'must be an ISO 8601 duration, like P15D or PT12H' });
    return z.NEVER;
  }
  const [sign, weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => part ?? '0');
  const total =
    ((Number(weeks) * 7 + Number(days)) * 24 * 3600 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) *
    1000;
  return sign === '-' ? -total : total;
}

/** Rules between variables are looked at also when another variable is wrong, so that all mistakes show at once. */
function always(): boolean {
  return true;
}
