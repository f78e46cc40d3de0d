/**
 * A model server that is almost free to run: OpenAI Chat Completions from strings made beforehand.
 * Forked by run.mjs; reports when each request came and when its reply was sent, on the machine's monotonic clock.
 * The first part of the path names the play; what has been answered so far is read from the request.
 */
import http from 'node:http';

const event = (delta, finish = null) =>
  `data: ${JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'bench',
    choices: [{ index: 0, delta, finish_reason: finish }],
  })}\n\n`;

const usage = `data: ${JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'bench',
  choices: [],
  usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
})}\n\n`;

const reply = (...events) => Buffer.from(`${events.join('')}${usage}data: [DONE]\n\n`);
const say = (text) => reply(event({ role: 'assistant', content: text }), event({}, 'stop'));

/** Calls of one reply; ids are different in every round, as a vendor's are. */
function call(round, ...calls) {
  const parts = calls.map(([name, input], index) =>
    event({
      tool_calls: [
        { index, id: `call_${round}_${index}`, type: 'function', function: { name, arguments: JSON.stringify(input) } },
      ],
    }),
  );
  return reply(event({ role: 'assistant', content: null }), ...parts, event({}, 'tool_calls'));
}

export const rounds = 20;
export const manyRounds = 200;
const commands = 5;
export const deniedCalls = 400;
const deniedCommand = (i) => `cd src && FOO=${i} npm run build 2>&1 | tee log-${i}.txt && git push --force origin main`;
export const deltaCount = 20_000;
const sleepMark = process.env.BENCH_SLEEP ?? '300';
const done = say('Done.');
const deltas = reply(
  event({ role: 'assistant', content: '' }),
  ...Array.from({ length: deltaCount }, (_, i) => event({ content: `w${i} ` })),
  event({}, 'stop'),
);

const commandsThatDoNotRun = (more) =>
  call(0, ...Array.from({ length: deniedCalls }, (_, i) => ['run_command', { command: deniedCommand(i), ...more }]));

const plays = {
  answer: () => done,
  rounds: (answered) => (answered < rounds ? call(answered, ['read_file', { path: `small-${answered}.txt` }]) : done),
  // Next to each other the files differ, so this is no loop; each result is as long as the others.
  manyRounds: (answered) =>
    answered < manyRounds ? call(answered, ['read_file', { path: `small-${answered % rounds}.txt` }]) : done,
  parallel: (answered) =>
    answered ? done : call(0, ...Array.from({ length: 8 }, () => ['run_command', { command: 'sleep 0.5' }])),
  // The plan changes in each round: the same call again and again would be taken for a loop.
  dispatch: (answered) =>
    answered < rounds
      ? call(answered, ['update_plan', { items: [{ text: `Step ${answered}`, status: 'in_progress' }] }])
      : done,
  // None of them runs; each is different, or it would be taken for a loop.
  denied: (answered) => (answered ? done : commandsThatDoNotRun({})),
  // The same, found wrong before anything is decided.
  rejected: (answered) => (answered ? done : commandsThatDoNotRun({ timeout_s: 0 })),
  // No command that is proven to change nothing: what is there is kept before it.
  commands: (answered) =>
    answered < commands ? call(answered, ['run_command', { command: `sh -c 'exit 0' ${answered}` }]) : done,
  // There and back: the next run finds the file as this one did.
  hugeEdit: (answered) => {
    const names = ['line 250000', 'LINE 250000'];
    const [old_text, new_text] = answered ? names.reverse() : names;
    return answered < 2 ? call(answered, ['edit_file', { path: 'huge.txt', edits: [{ old_text, new_text }] }]) : done;
  },
  deltas: () => deltas,
  stop: (answered) => (answered ? done : call(0, ['run_command', { command: `sleep ${sleepMark}` }])),
};

const now = () => Number(process.hrtime.bigint()) / 1e6;

const server = http.createServer((request, response) => {
  const arrived = now();
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString();
    const play = plays[request.url.split('/')[1]];
    if (!play || request.method !== 'POST') return void response.writeHead(404).end();
    const { messages } = JSON.parse(body);
    const answered = messages.filter((message) => message.role === 'assistant').length;
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.end(play(answered), () =>
      process.send?.({ arrived, sent: now(), body: answered === 0 ? body : undefined }),
    );
  });
});

if (process.send) {
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
  process.on('disconnect', () => process.exit(0));
}
