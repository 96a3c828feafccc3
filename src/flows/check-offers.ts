import type { Content } from './content.js';
import { commandIds, type FaqEntry, type Form, type Menu, type Offer } from './schema.js';

type Offering = Pick<Content, 'faq' | 'menus' | 'forms'>;

/** One button of the flows: what holds it, and where it leads. */
interface Button {
  item: FaqEntry | Form | Menu;
  path: string;
  target: string;
  /** When it is offered: its own condition, or that of what holds it. */
  when: readonly string[];
}

/** Buttons that lead nowhere, and those that an organisation without a door would have and that open nothing there. */
export const checkOffers = (content: Content): string[] => [...deadTargets(content), ...closedDoors(content)];

/** The conditions of buttons, each with what holds it. */
export const conditionsOfOffers = (content: Offering): { item: object; condition: string }[] =>
  listsOf(content).flatMap(({ item, offers }) =>
    offers.flatMap((offer) => (typeof offer === 'string' ? [] : [{ item, condition: offer.when }])),
  );

function deadTargets(content: Content): string[] {
  const { faq, menus, forms, where } = content;
  const known = new Set([
    ...commandIds,
    ...faq.map(({ id }) => id),
    ...menus.map(({ id }) => `menu ${id}`),
    ...forms.map(({ id }) => `start ${id}`),
  ]);
  return buttonsOf(content)
    .filter(({ target }) => !known.has(target))
    .map(
      ({ item, path, target }) =>
        `${where(item)}  ${path}: there is no "${target}"; write the id of an entry, a form or a menu`,
    );
}

/** What is there only for some organisations is offered only to them. */
function closedDoors(content: Content): string[] {
  const { faq, forms, where } = content;
  const conditions = new Map([
    ...faq.flatMap(({ id, when }) => (when ? [[id, when] as const] : [])),
    ...forms.flatMap(({ id, door }) => (door ? [[`start ${id}`, `channels.${door}`] as const] : [])),
  ]);
  return buttonsOf(content).flatMap(({ item, path, target, when }) => {
    const needed = conditions.get(target);
    if (needed === undefined || when.includes(needed)) return [];
    const instead = `{ to: ${target}, when: ${needed} }`;
    return [`${where(item)}  ${path}: "${target}" is not there for every organisation; write ${instead} instead`];
  });
}

const buttonsOf = (content: Offering): Button[] =>
  listsOf(content).flatMap(({ item, path, offers, when }) =>
    offers.map((offer) =>
      typeof offer === 'string'
        ? { item, path, target: offer, when }
        : { item, path, target: offer.to, when: [...when, offer.when] },
    ),
  );

const listsOf = ({ faq, menus, forms }: Offering): (Omit<Button, 'target'> & { offers: readonly Offer[] })[] => [
  ...faq.map((item) => ({ item, path: 'follow', offers: item.follow, when: item.when ? [item.when] : [] })),
  ...forms.map((item) => ({
    item,
    path: 'follow',
    offers: item.follow,
    when: item.door ? [`channels.${item.door}`] : [],
  })),
  ...menus.map((item) => ({ item, path: 'items', offers: item.items, when: [] })),
];
