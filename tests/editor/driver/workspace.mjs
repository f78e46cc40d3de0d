/** A folder for one scenario, with the files it starts from. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export class TestWorkspace {
  constructor(folder, files = {}) {
    this.path = folder;
    for (const [name, content] of Object.entries(files)) this.write(name, content);
    const git = spawnSync('git', ['init', '--quiet', folder], { encoding: 'utf8' });
    if (git.status !== 0) throw new Error(`git init failed: ${git.error?.message ?? git.stderr}`);
  }

  resolve(name) {
    return path.join(this.path, name);
  }

  write(name, content) {
    mkdirSync(path.dirname(this.resolve(name)), { recursive: true });
    writeFileSync(this.resolve(name), content);
  }

  read(name) {
    return readFileSync(this.resolve(name), 'utf8');
  }

  bytes(name) {
    return readFileSync(this.resolve(name));
  }
}
