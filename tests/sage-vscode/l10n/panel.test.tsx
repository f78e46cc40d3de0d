// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { around, plural, setLanguage, t } from '../../../sage-vscode/webview/l10n';
import {
  formatCost,
  formatDuration,
  formatPrice,
  formatTokens,
  formatWhen,
} from '../../../sage-vscode/webview/text/format';
import { Composer } from '../../../sage-vscode/webview/views/composer/composer';
import { Announcer } from '../../../sage-vscode/webview/views/shell/announcer';
import { ChangedFiles } from '../../../sage-vscode/webview/views/shell/changedFiles';
import { Welcome } from '../../../sage-vscode/webview/views/shell/welcome';
import { Strays } from '../../../sage-vscode/webview/views/transcript/tail';
import { TurnEndRow } from '../../../sage-vscode/webview/views/transcript/turnEnd';
import { extensionRoot } from '../host/sourceFiles';
import { showPanel } from '../webview/fakes/panel';

const bundle = (language: string) =>
  readFileSync(path.join(extensionRoot, 'l10n', `bundle.l10n.${language}.json`), 'utf8');
/** The spaces that do not break, as others. */
const plain = (text: string | null) => (text ?? '').replace(/\u00a0/g, ' ');

describe('Without a bundle', () => {
  test('texts are English, and what is in them is text', () => {
    expect(t('Open {0}', '{1} $& a.ts')).toBe('Open {1} $& a.ts');
    expect(t('{0} of {1}', 0, 2)).toBe('0 of 2');
    expect([0, 1, 2].map((count) => plural(count, '1 file', '{0} files'))).toEqual(['0 files', '1 file', '2 files']);
    expect(around('Apply to {0}')).toEqual(['Apply to ', '']);
  });
});

describe('With the German bundle', () => {
  beforeAll(() => setLanguage('de', bundle('de')));
  afterAll(() => setLanguage('en', undefined));

  test('what is missing in it is English', () => {
    expect(t('A text of tomorrow: {0}', 'x')).toBe('A text of tomorrow: x');
  });

  test('what stands around something may stand behind it', () => {
    expect(around('Create {0}')).toEqual(['', ' erstellen']);
  });

  test('numbers, money and times are written as Germans do', () => {
    expect(formatDuration(1_234)).toBe('1,2 s');
    expect([formatTokens(12_340), formatTokens(1_250_000)]).toEqual(['12,3k', '1,3M']);
    expect([12.3, 0.00123, 0].map(formatCost).map(plain)).toEqual(['12,30 $', '0,0012 $', 'kostenlos']);
    expect([3, 0.25].map(formatPrice).map(plain)).toEqual(['3 $', '0,25 $']);
    const now = Date.parse('2026-06-15T12:00:00Z');
    expect(formatWhen('2026-06-15T11:55:00Z', now)).toBe('vor 5 Minuten');
    expect(formatWhen('2026-05-01T12:00:00Z', now)).toBe('1. Mai');
  });

  test('an empty panel greets, and asks for a prompt, in German', async () => {
    const panel = await showPanel(
      <>
        <Welcome />
        <Composer />
      </>,
    );
    await panel.act({ type: 'initialized', mode: 'ask', workspaceName: 'acme', sessionId: null, show: null });
    expect(panel.find('welcome').textContent).toContain('Was machen wir in acme?');
    expect(panel.find('composer-input').getAttribute('placeholder')).toContain('Lassen Sie Sage etwas erklären');
    expect(panel.find('composer-send').getAttribute('aria-label')).toBe('Senden');
    expect(panel.find('mode-picker').getAttribute('aria-label')).toBe('Modus: Fragen');
    await panel.click(panel.find('mode-picker'));
    expect(panel.root.textContent).toContain('Führt alles ohne Rückfrage aus');
    await panel.type('/');
    expect(panel.find('command-list').textContent).toContain('Öffnet den Verlauf');
  });

  test('an approval is asked for, and told to screen readers, in German', async () => {
    const panel = await showPanel(
      <>
        <Strays />
        <Announcer />
      </>,
    );
    const request = { sessionId: 's', callId: 'c', toolName: 'run_command', title: 'Run ls', input: { command: 'ls' } };
    await panel.act({ type: 'permissionRequested', request: { ...request, rule: 'run_command(ls)' } });
    expect(panel.find('approval').textContent).toContain('Diesen Befehl ausführen?');
    expect(panel.find('approval-allow').textContent).toBe('Einmal zulassen');
    expect(panel.find('approval-deny').title).toBe('Ablehnen (Esc)');
    expect(panel.find('announcer').textContent).toBe('Zustimmung erforderlich: Run ls.');
  });

  test('one file is counted otherwise than two', async () => {
    const panel = await showPanel(<ChangedFiles />);
    const file = (name: string) => ({ path: name, kind: 'modified' as const, added: 1, removed: 0, hunks: [] });
    await panel.act({ type: 'sessionOpened', sessionId: 's', events: [], running: false });
    await panel.act({ type: 'pendingFiles', sessionId: 's', files: [file('a.ts')] });
    expect(panel.find('changed-files').textContent).toContain('1 Datei zu prüfen');
    await panel.act({ type: 'pendingFiles', sessionId: 's', files: [file('a.ts'), file('b.ts')] });
    expect(panel.find('changed-files').textContent).toContain('2 Dateien zu prüfen');
  });

  test('the end of a turn tells its tokens and its cost in German', async () => {
    const usage = { inputTokens: 12_345, outputTokens: 20, cachedInputTokens: 1_000, cost: 0.05 };
    const end = { kind: 'turnEnd', id: 'e', outcome: 'completed', usage, error: null, stopped: [], input: [] } as const;
    const panel = await showPanel(<TurnEndRow end={end} />);
    expect(plain(panel.root.textContent)).toContain('Fertig↑ 12,3k · ↓ 20 Token · 0,05 $');
    expect(plain(panel.root.textContent)).toContain('12345 Eingabetoken (1000 aus dem Cache), 20 Ausgabetoken, 0,05 $');
  });
});
