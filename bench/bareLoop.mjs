/** The floor: the same work in bare Node, without anything an agent promises. `node bareLoop.mjs BASE_URL` */
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const url = new URL(`${process.argv[2]}/chat/completions`);
const agent = new http.Agent({ keepAlive: true });
const messages = [{ role: 'user', content: 'Go.' }];

for (;;) {
  const { text, calls } = await ask();
  messages.push({ role: 'assistant', content: text, ...(calls.length ? { tool_calls: calls } : {}) });
  if (calls.length === 0) break;
  const results = await Promise.all(calls.map(answer));
  messages.push(...results);
}
agent.destroy();

async function answer({ id, function: { name, arguments: json } }) {
  const input = JSON.parse(json);
  if (name === 'run_command') await sleep(1000 * Number(input.command.split(' ')[1]));
  const content = name === 'read_file' ? await readFile(input.path, 'utf8') : 'done';
  return { role: 'tool', tool_call_id: id, content };
}

function ask() {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json' } });
    request.on('error', reject);
    request.on('response', (response) => {
      const reply = { text: '', calls: [] };
      let rest = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop();
        for (const line of lines) if (line.startsWith('data: {')) add(reply, JSON.parse(line.slice(6)));
      });
      response.on('end', () => resolve(reply));
    });
    request.end(JSON.stringify({ model: 'bench', stream: true, messages }));
  });
}

function add(reply, chunk) {
  const delta = chunk.choices[0]?.delta;
  if (delta?.content) {
    reply.text += delta.content;
    process.stdout.write(delta.content);
  }
  for (const { index, ...call } of delta?.tool_calls ?? []) reply.calls[index] = call;
}
