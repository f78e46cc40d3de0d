// Publishes the server to out/server/sage: Native AOT where a C toolchain can link it, else ReadyToRun.
// Plain Node, so that it runs before anything is installed. Does nothing when its inputs have not changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const serverFolder = dirname(fileURLToPath(import.meta.url));
const outFolder = resolve(serverFolder, '..', 'out', 'server');
const stagingFolder = resolve(serverFolder, '..', 'out', 'server-publish');
const executable = process.platform === 'win32' ? 'sage.exe' : 'sage';
const stamp = join(outFolder, '.inputs');

const runtimeId = () => {
  const system = { linux: 'linux', darwin: 'osx', win32: 'win' }[process.platform];
  const machine = { x64: 'x64', arm64: 'arm64' }[process.arch];
  if (!system || !machine) {
    throw new Error(`There is no .NET runtime for ${process.platform}-${process.arch}.`);
  }
  return `${system}-${machine}`;
};

const works = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

const hasToolchain = () => {
  if (process.platform !== 'win32') {
    return works('clang', ['--version']) || works('gcc', ['--version']);
  }
  const vswhere = join(
    process.env['ProgramFiles(x86)'] ?? 'C:\\Program Files (x86)',
    'Microsoft Visual Studio/Installer/vswhere.exe',
  );
  const component = 'Microsoft.VisualStudio.Component.VC.Tools.*';
  const found = existsSync(vswhere)
    ? spawnSync(vswhere, ['-latest', '-products', '*', '-requires', component, '-property', 'installationPath'])
    : undefined;
  return found?.status === 0 && found.stdout.toString().trim() !== '';
};

const inputFiles = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return ['bin', 'obj'].includes(entry.name) ? [] : inputFiles(path);
    }
    return /\.(cs|csproj|props|targets|txt)$/.test(entry.name) ? [path] : [];
  });

const hashInputs = (flavour) => {
  const hash = createHash('sha256').update(flavour);
  for (const path of inputFiles(serverFolder).sort()) {
    hash.update(`\0${relative(serverFolder, path).split(sep).join('/')}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
};

const publish = (flavour, rid) => {
  rmSync(stagingFolder, { recursive: true, force: true });
  // gcc links as well as clang does; the SDK only looks for clang by itself.
  const linker = process.platform === 'linux' && !works('clang', ['--version']) ? ['-p:CppCompilerAndLinker=gcc'] : [];
  const how =
    flavour === 'aot'
      ? linker
      : [
          '--self-contained',
          '-p:PublishAot=false',
          '-p:PublishReadyToRun=true',
          '-p:PublishSingleFile=true',
          '-p:IncludeNativeLibrariesForSelfExtract=true',
          '-p:PublishTrimmed=false',
        ];
  const project = join(serverFolder, 'Sage.Server');
  const options = ['-c', 'Release', '-r', rid, '-o', stagingFolder, '-nologo', '-v', 'quiet', ...how];
  // The code is judged by `npm run check`; whoever only wants to run it need not wait for that.
  const args = ['publish', project, ...options, '-p:RunAnalyzers=false'];
  const result = spawnSync('dotnet', args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (result.error?.code === 'ENOENT') {
    throw new Error(
      "The .NET 10 SDK is not installed (no 'dotnet' on PATH). See https://dotnet.microsoft.com/download.",
    );
  }
  if (result.status !== 0) {
    throw new Error('The server could not be published; the messages of dotnet above say why.');
  }
};

const install = (hash) => {
  mkdirSync(outFolder, { recursive: true });
  const target = join(outFolder, executable);
  // Removed first: a running server keeps its own copy, and overwriting it in place would fail or kill it.
  rmSync(target, { force: true });
  copyFileSync(join(stagingFolder, executable), target);
  if (process.platform !== 'win32') {
    chmodSync(target, 0o755);
  }
  rmSync(stagingFolder, { recursive: true, force: true });
  writeFileSync(stamp, hash);
};

const main = () => {
  const flavour = hasToolchain() ? 'aot' : 'ready-to-run';
  const hash = hashInputs(flavour);
  const upToDate = existsSync(join(outFolder, executable)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  if (upToDate && !process.argv.includes('--force')) {
    console.log('out/server is up to date.');
    return;
  }
  if (flavour === 'ready-to-run') {
    console.log(
      'No C toolchain found (clang or gcc; on Windows the Visual C++ build tools), so the server is published ReadyToRun:\n' +
        'it works the same, but starts in about 160 ms instead of 10 and needs more memory.',
    );
  }
  const rid = runtimeId();
  console.log(`Publishing the server (${flavour}, ${rid}); the first time this takes a few minutes …`);
  rmSync(stamp, { force: true });
  publish(flavour, rid);
  install(hash);
  console.log(`Published ${relative(process.cwd(), join(outFolder, executable))}.`);
};

try {
  main();
} catch (error) {
  console.error(`publish: ${error.message}`);
  process.exitCode = 1;
}
