import { beforeEach, expect, test, vi } from 'vitest';
import { Safety } from '../../../../sage-vscode/src/features/safety/safety';
import { isUnprotected, protectionWords } from '../../../../sage-vscode/src/features/status/protectionWords';
import { Signal } from '../../../../sage-vscode/src/infrastructure/signal';
import type { ProjectOffer, ProtectionResult } from '../../../../sage-vscode/src/protocol/generated';
import { FakeServer } from '../fakes/fakeServer';

vi.mock('vscode', () => ({
  l10n: { t: (text: string, ...values: string[]) => text.replace(/\{(\d)\}/g, (_, index) => values[index] ?? '') },
}));

const offer: ProjectOffer = { kind: 'permissions.allow', place: 'p', lines: ['run_command(make)'], hash: 'h1' };
const walls: ProtectionResult = { walls: 'whole', network: false, means: ['Landlock 7'], missing: [] };
const trust = { granted: true, changed: new Signal<void>(), manage: async () => {} };
const said: string[] = [];

beforeEach(() => {
  trust.granted = true;
  said.length = 0;
});

function start() {
  const server = new FakeServer();
  const safety = new Safety(server, trust, { error: (message) => said.push(message) });
  let changes = 0;
  safety.changed.subscribe(() => changes++);
  return { server, safety, changes: () => changes };
}

test('what the project offers is shown until the server has nothing left', async () => {
  const { server, safety, changes } = start();
  const refreshed = safety.refresh();
  server.take('sage/project/offers').answer({ offers: [offer] });
  server.take('sage/runtime/protection').answer(walls);
  await refreshed;
  expect(safety.offers).toEqual([offer]);

  const answered = safety.answer('permissions.allow', 'h1', 'use');
  const request = server.take('sage/project/answer');
  expect(request.params).toEqual({ kind: 'permissions.allow', hash: 'h1', answer: 'use' });
  request.answer({ offers: [] });
  await answered;
  expect(safety.offers).toEqual([]);
  expect(changes()).toBe(2);
});

test('a workspace that is not trusted offers nothing, whatever the server says', async () => {
  const { server, safety, changes } = start();
  trust.granted = false;
  const refreshed = safety.refresh();
  server.take('sage/project/offers').answer({ offers: [offer] });
  server.take('sage/runtime/protection').answer(walls);
  await refreshed;
  expect(safety.offers).toEqual([]);

  trust.granted = true;
  trust.changed.emit();
  expect(safety.trusted).toBe(true);
  expect(changes()).toBe(2);
});

test('no server is started to look, and one that cannot answer breaks nothing', async () => {
  const { server, safety } = start();
  server.become({ kind: 'idle' });
  await safety.refresh();
  expect(server.waiting).toEqual([]);

  server.become({ kind: 'running' });
  const shown: (ProtectionResult | null)[] = [];
  safety.protectionChanged.subscribe((protection) => shown.push(protection));
  const refreshed = safety.refresh();
  server.take('sage/project/offers').fail(new Error('gone'));
  server.take('sage/runtime/protection').fail(new Error('gone'));
  await refreshed;
  expect(shown).toEqual([null]);
  expect(said).toHaveLength(2);
});

test('the status bar says in words what protects', () => {
  const words = (protection: ProtectionResult | null, mode: 'ask' | 'full' = 'ask', trusted = true) =>
    protectionWords({ mode, trusted, protection });
  expect(words(walls)).toEqual([
    'Mode Ask: reads are free; edits and commands are asked about.',
    'Walls around commands that nobody looked at: all of them (Landlock 7).',
    'Their network is off.',
  ]);
  expect(words({ ...walls, walls: 'partly', missing: ['No mounts.'], network: true })).toContain('No mounts.');
  expect(words({ ...walls, walls: 'none', means: [], missing: ['Windows has none.'] }, 'full').join(' ')).toMatch(
    /No walls.*Windows has none/,
  );
  expect(words({ ...walls, walls: 'switchedOff' }).join(' ')).toContain('your settings switch them off');
  expect(words(null).join(' ')).toContain('not looked at yet');
  expect(words(walls, 'full', false)).toEqual([
    'Restricted: this workspace is not trusted. Sage only reads, whatever the mode.',
  ]);
});

test('mode full without walls is a warning, and nothing else is', () => {
  const bare = { ...walls, walls: 'none' as const };
  expect(isUnprotected({ mode: 'full', trusted: true, protection: bare })).toBe(true);
  expect(isUnprotected({ mode: 'full', trusted: true, protection: { ...bare, walls: 'switchedOff' } })).toBe(true);
  expect(isUnprotected({ mode: 'ask', trusted: true, protection: bare })).toBe(false);
  expect(isUnprotected({ mode: 'full', trusted: false, protection: bare })).toBe(false);
  expect(isUnprotected({ mode: 'full', trusted: true, protection: walls })).toBe(false);
  expect(isUnprotected({ mode: 'full', trusted: true, protection: null })).toBe(false);
});
