import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { assertReadable, seriousProblems } from '../driver/accessibility.mjs';
import { scenario } from '../driver/scenario.mjs';
import { forPictures, screenshotInThemes } from '../driver/screenshots.mjs';
import { until } from '../driver/wait.mjs';
import { appears } from '../driver/workbench.mjs';

const program = readFileSync(new URL('../fixtures/mcp/issues.mjs', import.meta.url), 'utf8');
const list = 'mcp__issues__list_issues';
const close = 'mcp__issues__close_issue';

/** The view *MCP Servers*, as its user sees it. */
class ServersView {
  constructor(page) {
    this.page = page;
    this.pane = page.locator('.part.auxiliarybar .pane', { has: page.locator('[aria-label*="MCP Servers"]') });
  }

  row(text) {
    return this.pane.locator('.monaco-list-row', { hasText: text }).first();
  }

  async act(server, label) {
    const row = this.row(server);
    const button = row.locator(`.actions [aria-label^="${label}"]`).first();
    // The row is drawn anew when its server changes, and the buttons with it.
    await until(`${label} of ${server}`, async () => {
      await row.hover();
      return button.click({ timeout: 1_000 }).then(
        () => true,
        () => false,
      );
    });
  }
}

const offered = (request) => request.body.tools.map(({ function: { name } }) => name);

scenario(
  'A project’s MCP server is agreed to, asked about, listed and restarted; its tool is switched off; one that fails has a red dot with the reason',
  async ({ page, workbench, chat, workspace, model }) => {
    await chat.open();
    await workbench.widenSideBar(430);
    await chat.part('offer', { kind: 'mcp' }).filter({ hasText: 'issues: node tools/issues.mjs' }).waitFor();
    await chat.part('offer-use').click();

    const alarm = chat.part('mcp-alarm');
    await until('the red dot to carry the reason', async () =>
      /deploy: .*It said: Error: DEPLOY_TOKEN is not set/.test((await alarm.getAttribute('title')) ?? ''),
    );
    assert.deepEqual(await seriousProblems(chat.frame), [], 'the red dot');
    await chat.composer.click();
    await page.keyboard.type('/mcp');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    const servers = new ServersView(page);
    await servers.row('issues').filter({ hasText: '2 tools' }).waitFor();
    await servers.row('deploy').filter({ hasText: 'DEPLOY_TOKEN is not set' }).waitFor();

    await chat.send('What is open?');
    await chat.approvalFocused();
    assert.match(
      await chat.part('approval').textContent(),
      /"state": "open",\s+"label": "cart"/,
      'the exact arguments',
    );
    await page.keyboard.press('Enter');
    await chat.turnEnded();
    await chat.part('item-tool', { tool: list, status: 'ok' }).waitFor();
    // The name of the session is asked for as well, without tools.
    const withTools = async () => (await model.requests()).filter((request) => offered(request).length > 0);
    const [first] = await withTools();
    assert.ok(offered(first).includes(close), 'it is offered before');

    await servers.row('issues').click();
    await servers.row('close_issue').locator('.custom-view-tree-node-item-checkbox').click();
    await servers.row('issues').filter({ hasText: '1 of 2 tools' }).waitFor();
    await screenshotInThemes({ page, chat }, 'mcp');
    await assertReadable({ page, chat }, 'with MCP servers');
    await chat.send('Close it');
    await chat.turnEnded('completed', 2);
    assert.ok(!offered((await withTools()).at(-1)).includes(close), 'it is not offered any more');
    assert.ok(offered((await withTools()).at(-1)).includes(list));

    // The row is drawn anew when its server changes, and a click may miss it.
    const log = page.locator('.part.panel', { hasText: 'Sage MCP: deploy' }).first();
    await until('the log of the server', async () => {
      await servers.act('deploy', 'Show Log');
      return appears(log, 5000);
    });
    // Its lines are shown by the native logger of the editor, which this host is installed without: serverLogs.test.ts has them.

    const starts = () => workspace.read('starts.txt').trim().split('\n').length;
    assert.equal(starts(), 1);
    await servers.act('issues', 'Restart');
    await until('another process of it', () => starts() === 2);
    await servers.row('issues').filter({ hasText: '1 of 2 tools' }).waitFor();

    // What a user switches off stays off, also for the next run: the row is drawn anew when its server changes, and a click may miss it.
    const box = servers.row('close_issue').locator('.custom-view-tree-node-item-checkbox');
    const isOn = async () => !/of 2/.test(await servers.row('issues').textContent());
    const switchOn = async () => {
      if (await isOn()) return true;
      await box.click({ timeout: 1_000 });
      return false;
    };
    await until('the tool to be on again', switchOn, { every: 3_000 });

    await servers.act('deploy', 'Open Configuration');
    await page.locator('.tab.active[data-resource-name=".mcp.json"]').waitFor();
    await workbench.statusBarItem('Ln 4').waitFor();
  },
  {
    folder: 'shop',
    files: {
      'tools/issues.mjs': program,
      '.mcp.json': [
        '{',
        '  "mcpServers": {',
        '    "issues": { "command": "node", "args": ["tools/issues.mjs"] },',
        '    "deploy": { "command": "node", "args": ["tools/issues.mjs", "--fail"] }',
        '  }',
        '}',
        '',
      ].join('\n'),
    },
    settings: { ...forPictures, 'workbench.colorTheme': 'Dark Modern' },
    script: {
      replies: [
        { when: 'What is open?', steps: [{ toolCall: list, arguments: { state: 'open', label: 'cart' } }] },
        { text: 'One issue is open: the cart forgets its last item.' },
        { when: 'Close it', steps: [{ text: 'There is no tool for that any more.' }] },
      ],
    },
  },
);

scenario(
  'Servers that the user has configured in the editor are used, and without any the view says how to add one',
  async ({ page, workbench, editor, workspace, onEnd }) => {
    const file = path.join(editor.state.userData, 'User', 'mcp.json');
    onEnd(() => rmSync(file, { force: true }));
    await workbench.runCommand('Sage: Show MCP Servers');
    const servers = new ServersView(page);
    await servers.pane.getByText('Add One to This Project').waitFor();

    const entry = { command: 'node', args: [workspace.resolve('issues.mjs')] };
    writeFileSync(file, JSON.stringify({ servers: { mine: entry }, inputs: [] }));
    await servers.row('mine').filter({ hasText: '2 tools' }).waitFor();
  },
  { files: { 'issues.mjs': program } },
);
