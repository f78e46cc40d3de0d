import assert from 'node:assert/strict';
import { root } from '../../commands/places.mjs';
import { capture } from '../../commands/processes.mjs';
import { withoutWindow } from '../driver/scenario.mjs';

withoutWindow('npm start serves a workbench on this machine, says where, and leaves nothing running', async () => {
  const output = await capture(process.execPath, ['sage-vscode/start.mjs', '--smoke', '--no-build'], { cwd: root });
  assert.match(output, /http:\/\/127\.0\.0\.1:\d+\/\?folder=/);
});
