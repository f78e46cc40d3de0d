// @vitest-environment jsdom
import { expect, test } from 'vitest';
import type { ProjectOffer } from '../../../../sage-vscode/src/protocol/generated';
import { ModePicker } from '../../../../sage-vscode/webview/views/composer/modePicker';
import { ProjectOffers } from '../../../../sage-vscode/webview/views/shell/projectOffers';
import { TrustBanner } from '../../../../sage-vscode/webview/views/shell/trustBanner';
import { names } from '../../../editor/corpus/hostile.mjs';
import { showPanel } from '../fakes/panel';

const offer: ProjectOffer = {
  kind: 'permissions.allow',
  place: '.sage/settings.json',
  lines: ['run_command(npm test)', 'edit(src/**)'],
  hash: 'h1',
};

test('A workspace that is not trusted is said to be, with the way to trust it, until it is', async () => {
  const panel = await showPanel(<TrustBanner />);
  expect(panel.has('trust-banner')).toBe(false);
  await panel.act({ type: 'safety', trusted: false, offers: [] });
  expect(panel.find('trust-banner').textContent).toContain('Sage only reads');
  await panel.click(panel.find('manage-trust'));
  expect(panel.sent).toEqual([{ type: 'manageTrust' }]);
  await panel.act({ type: 'safety', trusted: true, offers: [] });
  expect(panel.has('trust-banner')).toBe(false);
});

test('The mode picker says that modes do nothing there', async () => {
  const panel = await showPanel(<ModePicker />);
  await panel.act({ type: 'safety', trusted: false, offers: [] });
  expect(panel.find('mode-picker').textContent).toContain('Restricted');
  await panel.click(panel.find('mode-picker'));
  expect(panel.find('mode-note').textContent).toContain('only reads, whatever is chosen');
});

test.each([
  ['offer-use', 'use'],
  ['offer-later', 'notNow'],
  ['offer-never', 'never'],
])('All that a project offers is shown, and %s answers for exactly that', async (button, answer) => {
  const panel = await showPanel(<ProjectOffers />);
  expect(panel.has('offer')).toBe(false);
  await panel.act({ type: 'safety', trusted: true, offers: [offer] });
  const lines = [...panel.root.querySelectorAll('[data-testid=offer-line]')].map(({ textContent }) => textContent);
  expect(lines).toEqual(offer.lines);
  await panel.click(panel.find(button));
  expect(panel.sent).toEqual([{ type: 'answerOffer', kind: offer.kind, hash: 'h1', answer }]);
  expect(panel.has('offer')).toBe(false);
});

test('A rule of a stranger is text, with nothing hidden in it', async () => {
  const panel = await showPanel(<ProjectOffers />);
  await panel.act({ type: 'safety', trusted: true, offers: [{ ...offer, lines: [...names] }] });
  expect(panel.root.querySelectorAll('[data-testid=offer-line]')).toHaveLength(names.length);
  expect(panel.root.querySelector('img, script, a')).toBeNull();
  expect(panel.find('offer').textContent).toContain('a⟨U+202E⟩gpj.exe');
});
