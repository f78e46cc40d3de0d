/**
 * npm run bench -- ui: what the panel promises, measured in a real VS Code in a real browser (run.mjs says what has to be built).
 * Run by run.mjs, under the editor host's own Node. The model is the scripted one; the machine is shared with the browser.
 */
import path from 'node:path';
import { Chat } from '../tests/editor/driver/chat.mjs';
import { sharedEditor, stopSharedEditor } from '../tests/editor/driver/editor.mjs';
import { watchLongTasks } from '../tests/editor/driver/longTasks.mjs';
import { ModelServer } from '../tests/editor/driver/modelServer.mjs';
import { until } from '../tests/editor/driver/wait.mjs';
import { TestWorkspace } from '../tests/editor/driver/workspace.mjs';
import { median, printFigure, printHeader } from './table.mjs';

const deltas = 20_000;
const items = 5_000;

/** In the order in which one window measures them. */
const figures = [
  { key: 'activation', name: 'ui: activation, time of the extension host', unit: 'ms', budget: 100 },
  { key: 'usable', name: 'ui: first open of the panel → composer usable', unit: 'ms', budget: 500 },
  { key: 'firstToken', name: 'ui: first token leaves the model → on screen', unit: 'ms', budget: 50 },
  { key: 'stop', name: 'ui: Stop → the panel says so', unit: 'ms', budget: 100 },
  {
    key: 'typing',
    name: `ui: a key → drawn, while ${deltas.toLocaleString('en')} deltas stream (p95)`,
    unit: 'ms',
    budget: 100,
  },
  {
    key: 'deltaTask',
    name: `ui: longest task of a ${deltas.toLocaleString('en')}-delta reply`,
    unit: 'ms',
    budget: 100,
  },
  {
    key: 'open',
    name: `ui: a session of ${items.toLocaleString('en')} items → its end on screen`,
    unit: 'ms',
    budget: 1000,
  },
  { key: 'scrollTask', name: 'ui: longest task while scrolling through it', unit: 'ms', budget: 50 },
  { key: 'heap', name: 'ui: heap of the panel with it', unit: 'MB', budget: 150 },
];

const runs = Number(process.argv[2]);
const asJson = process.argv.includes('--json');
// What is measured is measured in the browser as people have it.
const editor = await sharedEditor([]);
const samples = Object.fromEntries([...figures.map(({ key }) => key), 'idleTyping'].map((key) => [key, []]));
try {
  for (let run = 0; run < runs; run++) {
    for (const [key, value] of Object.entries(await measure(run))) samples[key].push(value);
  }
} finally {
  await stopSharedEditor();
}
const results = figures.map(({ key, ...figure }) => {
  const values = samples[key];
  const floor = key === 'typing' ? median(samples.idleTyping) : undefined;
  return { ...figure, median: median(values), lowest: Math.min(...values), highest: Math.max(...values), floor };
});
if (asJson) console.log(JSON.stringify(results, null, 2));
else {
  printHeader('idle');
  for (const result of results) printFigure(result);
}

async function measure(run) {
  const folder = path.join('bench', `${run}`);
  const workspace = new TestWorkspace(editor.state.folder(path.join(folder, 'workspace')), {
    'readme.md': '# Bench\n',
    'long.json': longSession(),
  });
  const model = await ModelServer.start(editor.state.folder(path.join(folder, 'script')), script());
  editor.state.writeSettings({
    'sage.provider': 'openai',
    'sage.baseUrl': `${model.url}/v1`,
    'sage.model': 'scripted-model',
  });
  const window = await editor.newWindow();
  const chat = new Chat(window.page, window.workbench);
  try {
    await window.workbench.open(workspace.path);
    return { ...(await shortFigures(window, chat, model)), ...(await longFigures(window, chat)) };
  } finally {
    await editor.leave(window);
    await model.stop();
  }
}

async function shortFigures({ page, workbench }, chat, model) {
  // The panel of a window that stands there and whose panel was not open: not the start of the editor itself.
  await workbench.runCommand('View: Hide Secondary Side Bar');
  await workbench.reload();
  await workbench.statusBarItem('Sage').waitFor();
  await page.evaluate(untilQuiet);
  await page.evaluate(rememberPresses);
  await chat.open();
  const body = chat.frame.locator('body');
  const usable = (await body.evaluate(firstPaint)) - (await page.evaluate(() => window.pressed));
  const idleTyping = await typingLatency(page, chat);

  // The clock of the page is the one of this process: it is the same machine.
  // The first turn of a window starts the server, and the model's own first release takes its time.
  await chat.send('Get ready');
  await model.reached('ready');
  await model.release('ready');
  await chat.turnEnded('completed');
  await chat.send('Say hello');
  await model.reached('hello');
  const shown = body.evaluate(untilShown, 'Hello at once');
  const released = Date.now();
  await model.release('hello');
  const firstToken = (await shown) - released;

  await model.reached('stop');
  const stopped = body.evaluate(untilStopping);
  await chat.part('composer-stop').click();
  const stop = await stopped;
  await chat.turnEnded('interrupted');

  const tasks = await watchLongTasks(body);
  await chat.send('Stream it');
  await chat.reply('w10 ').waitFor();
  const typing = await typingLatency(page, chat);
  await chat.reply(`w${deltas - 1}`).waitFor();
  await chat.part('composer-stop').waitFor({ state: 'detached' });
  const deltaTask = Math.max(0, ...(await tasks.stop()));
  return { usable, firstToken, stop, typing, idleTyping, deltaTask, activation: await activationTime(workbench, page) };
}

async function longFigures({ page, workbench }, chat) {
  await chat.showHistory();
  await chat.part('import-session').click();
  await workbench.quickPick('long.json').waitFor();
  const body = chat.frame.locator('body');
  const last = body.evaluate(untilShown, 'Answer 2500');
  const chosen = Date.now();
  await workbench.quickPick('long.json').click();
  const open = (await last) - chosen;
  await chat.part('history').waitFor({ state: 'detached' });
  const tasks = await watchLongTasks(body);
  await chat.part('transcript').evaluate(scrollThrough);
  const scrollTask = Math.max(0, ...(await tasks.stop()));
  const heap = await heapOf(page, chat);
  return { open, scrollTask, heap };
}

/** From a key to the frame that shows it: of twenty keys the nineteenth in order of time. */
async function typingLatency(page, chat) {
  await chat.composer.click();
  const watch = await chat.composer.evaluateHandle(watchTyping);
  for (let i = 0; i < 20; i++) await page.keyboard.type('x', { delay: 15 });
  const times = await watch.evaluate(({ times }) => times);
  await chat.composer.fill('');
  return times.sort((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1];
}

/** As the editor itself tells it, in the list of running extensions. */
async function activationTime(workbench, page) {
  await workbench.runCommand('Developer: Show Running Extensions');
  const row = page.locator('.runtime-extensions-editor .extension', { hasText: 'Sage' }).first();
  const text = await until('the time of activation', async () => {
    const shown = await row.textContent();
    return /(\d+)\s*ms/.test(shown ?? '') && shown;
  });
  // The list lies over everything else.
  await page.keyboard.press('Escape');
  await page.locator('.monaco-modal-editor-block').waitFor({ state: 'detached' });
  return Number(/(\d+)\s*ms/.exec(text)[1]);
}

async function heapOf(page, chat) {
  const frame = await chat.frame.locator('body').elementHandle();
  const session = await page
    .context()
    .newCDPSession(await frame.ownerFrame())
    .catch(() => page.context().newCDPSession(page));
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1024 / 1024;
}

function script() {
  const words = Array.from({ length: deltas }, (_, i) => ({ text: `w${i} ` }));
  return {
    replies: [
      { when: 'Get ready', steps: [{ gate: 'ready' }, { text: 'Ready' }] },
      {
        when: 'Say hello',
        steps: [{ gate: 'hello' }, { text: 'Hello at once' }, { gate: 'stop' }, { text: 'never said' }],
      },
      { when: 'Stream it', steps: words },
    ],
  };
}

/** A session as a file: a prompt and a reply in turn. */
function longSession() {
  const at = '2026-01-01T00:00:00Z';
  const events = [{ type: 'sessionCreated', version: 2, workspace: '/elsewhere' }];
  for (let turn = 1; turn <= items / 2; turn++) {
    const text = `Answer ${turn}\n\n- one of **two** \`things\`\n- the other\n\n\`\`\`ts\nconst answer = ${turn};\n\`\`\`\n`;
    const usage = { inputTokens: 1, outputTokens: 1 };
    events.push(
      { type: 'turnStarted', turnId: `turn-${turn}`, prompt: `Question ${turn}`, mode: 'ask', model: 'scripted-model' },
      { type: 'replyEnded', replyId: `reply-${turn}`, stopReason: 'endTurn', text },
      { type: 'turnEnded', turnId: `turn-${turn}`, outcome: 'completed', usage },
    );
  }
  const envelopes = events.map((event, index) => ({ sessionId: 'other', seq: index + 1, at, event }));
  return JSON.stringify({ format: 'sage-session', title: 'Long', events: envelopes });
}

/* In the page. */

/** When timers have come in time for a second. */
async function untilQuiet() {
  for (let inTime = 0; inTime < 20; ) {
    const due = performance.now() + 50;
    await new Promise((resolve) => setTimeout(resolve, 50));
    inTime = performance.now() - due < 10 ? inTime + 1 : 0;
  }
}

/** When the user last pressed something: a row of the palette. */
function rememberPresses() {
  addEventListener('pointerdown', () => (window.pressed = Date.now()), { capture: true });
}

/** When the panel was drawn for the first time; its composer is there from the beginning. */
async function firstPaint() {
  for (;;) {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    if (paint) return performance.timeOrigin + paint.startTime;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

function untilShown(_, text) {
  return new Promise((resolve) => {
    const look = () => {
      if (!document.body.textContent.includes(text)) return false;
      observer.disconnect();
      requestAnimationFrame(() => resolve(Date.now()));
      return true;
    };
    const observer = new MutationObserver(look);
    if (!look()) observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}

/** From the click on Stop to the frame in which the button has changed. */
function untilStopping() {
  return new Promise((resolve) => {
    const button = document.querySelector('[data-testid=composer-stop]');
    const label = button.getAttribute('title');
    document.addEventListener(
      'click',
      () => {
        const clicked = performance.now();
        const look = () => {
          const now = document.querySelector('[data-testid=composer-stop]');
          if (now?.getAttribute('title') !== label || now.disabled) resolve(performance.now() - clicked);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      },
      { capture: true, once: true },
    );
  });
}

function watchTyping(field) {
  const times = [];
  field.addEventListener('keydown', ({ timeStamp }) => {
    requestAnimationFrame(() => requestAnimationFrame((drawn) => times.push(drawn - timeStamp)));
  });
  return { times };
}

/** A page at a time from the end to the beginning of what is loaded, a frame each. */
async function scrollThrough(list) {
  list.dispatchEvent(new WheelEvent('wheel', { deltaY: -1 }));
  for (let step = 0; step < 200; step++) {
    list.scrollTop -= list.clientHeight;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}
