import { statuses, type Status } from '../requests/lifecycle.js';
import type { AccountRecord } from '../staff/account.js';
import type { World } from './world.js';

/** What the operator is told of the data. */
export interface Report {
  place: string;
  organisation: string;
  people: number;
  sittings: number;
  /** How many, and one to look at. */
  requests: readonly { status: Status; count: number; reference: string | undefined }[];
  accounts: readonly Pick<AccountRecord, 'email' | 'name' | 'roles'>[];
  password: string;
}

export async function reportOf({ core, committee, people, staff }: World): Promise<Report> {
  return {
    place: core.opened.store.place,
    organisation: core.assets.organisation.name.en,
    people: people.length,
    sittings: await committee.sittings.count({ number: { $gte: 1 } }),
    requests: await Promise.all(
      statuses.map(async (status) => {
        const filter = { status, submittedAt: { $gt: 0 } };
        const [last] = await committee.requests.find(filter, { sort: { submittedAt: -1 }, limit: 1 });
        return { status, count: await committee.requests.count(filter), reference: last?.reference };
      }),
    ),
    accounts: staff.accounts,
    password: staff.password,
  };
}

export function reportLines(report: Report): string[] {
  const { place, organisation, people, sittings, requests, accounts, password } = report;
  const total = requests.reduce((sum, { count }) => sum + count, 0);
  return [
    '',
    `The demonstration of ${organisation} is ready: ${people} people, ${total} requests, ${sittings} sittings.`,
    `  Data          ${place}`,
    '  Start         npm start, with the same configuration',
    '  Requests      in each status, and the newest to look at:',
    ...requests.map(({ status, count, reference = '' }) => `    ${status.padEnd(18)} ${String(count).padStart(4)}  ${reference}`), // prettier-ignore
    `  Staff         all of them sign in with the password ${password}`,
    ...accounts.map(({ email, roles }) => `    ${email.padEnd(22)} ${roles.join(', ')}`),
    '                The password is shown this once. Everything here is made up; do not serve anybody with it.',
    '',
  ];
}
