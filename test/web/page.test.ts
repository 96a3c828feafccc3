import { describe, expect, it } from 'vitest';
import { brandOf, contrast, parse } from '../../src/web/brand.js';
import { html } from '../../src/web/html.js';
import { organisationPage } from '../../src/web/page.js';
import { readOrganisation, translate } from './widget/content.js';

const hostile = `<script>alert("x")</script>'&`;

describe('the page', () => {
  it.each(['asseb', 'esrar', 'awn', 'anat-al-bayt', 'makeen'])('shows %s in both languages', (id) => {
    const organisation = readOrganisation(id);
    const page = organisationPage({ organisation, locale: 'ar', t: translate });
    expect(page).toContain('<html lang="ar" dir="rtl">');
    for (const locale of ['ar', 'en'] as const) {
      expect(page).toContain(html`<h1>${organisation.name[locale]}</h1>`.text);
      for (const service of organisation.services) expect(page).toContain(html`<li>${service.name[locale]}</li>`.text);
    }
    expect(page).not.toMatch(/undefined|\{\{|page\.(?!css)|doors\.\w/);
  });

  it('has nothing inline that a strict policy would refuse', () => {
    const page = organisationPage({ organisation: readOrganisation(), locale: 'en', t: translate });
    expect(page).not.toMatch(/ style=| on\w+=|<style|<script(?! src="\/chat\.js" defer><\/script>)/);
  });

  it('escapes whatever a profile says', () => {
    const said = { ar: hostile, en: hostile };
    const organisation = {
      ...readOrganisation(),
      name: said,
      about: said,
      hours: said,
      services: [{ id: 'one', label: said, name: said }],
      licence: hostile,
      contact: { phone: '0146259000', website: `a.example/"${hostile}`, address: said },
    };
    const page = organisationPage({ organisation, locale: 'ar', t: translate });
    expect(page).not.toContain('<script>');
    expect(page).not.toContain('example/"');
    expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;');
  });

  it('leaves out what the profile does not state', () => {
    const organisation = { ...readOrganisation(), contact: {} };
    expect(organisationPage({ organisation, locale: 'ar', t: translate })).not.toMatch(/tel:|الهاتف<\/dt>/);
  });
});

describe('a colour of its own', () => {
  it.each(['#0c5a50', '#ffe066', '#ffffff', '#000000', '#7a1f5c'])(
    '%s carries white text and can be read in the dark',
    (colour) => {
      const { brand, darkAccent } = brandOf(colour);
      expect(contrast(parse(brand), [255, 255, 255])).toBeGreaterThanOrEqual(4.5);
      expect(contrast(parse(darkAccent), [26, 38, 35])).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('stays as it is when it can be read', () => {
    expect(brandOf('#7a1f5c').brand).toBe('#7a1f5c');
  });
});
