/** What of other people's is in the VSIX: npm packages in the bundles, NuGet packages and the .NET runtime in the server. */
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { places, root } from './places.mjs';

/** Licences under which anybody may use and pass on what we ship unchanged. */
const free = new Set([
  ...['MIT', 'MIT-0', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD', 'Unlicense', 'BlueOak-1.0.0'],
  ...['CC-BY-4.0', 'MPL-1.1', 'MPL-2.0'],
]);

/** Packages whose description has an address in place of a licence's short name. */
const unnamed = { MediatR: 'Apache-2.0' };

const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

export function listComponents() {
  return [...npmComponents(), ...nugetComponents()].sort((a, b) => a.purl.localeCompare(b.purl));
}

/** Says which component may not be shipped, if any. */
export function findUnfree(components) {
  return components
    .filter(({ licence }) => !isFree(licence))
    .map(({ name, version, licence }) => `${name} ${version} (${licence || 'no licence named'})`);
}

const isFree = (licence) =>
  licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((part) => free.has(part.trim())));

/** Writes both lists into a folder of the VSIX. */
export function writeComponents(folder) {
  const components = listComponents();
  writeFileSync(path.join(folder, 'sbom.cdx.json'), `${JSON.stringify(asCycloneDx(components), null, 2)}\n`);
  writeFileSync(path.join(folder, 'THIRD-PARTY-NOTICES.txt'), asNotices(components));
  return components.length;
}

function asCycloneDx(components) {
  const { version } = JSON.parse(readFileSync(path.join(places.extension, 'package.json'), 'utf8'));
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${randomUUID()}`,
    version: 1,
    metadata: { component: { type: 'application', name: 'sage', version } },
    components: components.map(({ name, version, licence, purl }) => ({
      type: 'library',
      name,
      version,
      purl,
      'bom-ref': purl,
      licenses: [licence.includes(' ') ? { expression: licence } : { license: { id: licence } }],
    })),
  };
}

function asNotices(components) {
  const parts = components.map(
    ({ name, version, licence, text }) => `${name} ${version}\nLicence: ${licence}\n\n${text.trim()}\n`,
  );
  return `Sage contains the following software of others.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

function npmComponents() {
  const inputs = path.join(places.extension, 'dist', 'inputs.json');
  const folders = new Set(JSON.parse(readFileSync(inputs, 'utf8')).map(packageFolder).filter(Boolean));
  return [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
    return { name, version, licence: license ?? '', purl, text: licenceText(folder) };
  });
}

function packageFolder(input) {
  const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(
    path.resolve(places.extension, input).replace(/\\/g, '/'),
  );
  return match?.[1];
}

function nugetComponents() {
  const file = path.join(root, 'server', 'Sage.Server', 'obj', 'project.assets.json');
  const assets = JSON.parse(readFileSync(file, 'utf8'));
  const target = Object.keys(assets.targets).sort((a, b) => b.length - a.length)[0];
  const isShipped = ([, { type, runtime = {} }]) =>
    type === 'package' && Object.keys(runtime).some((entry) => !entry.endsWith('_._'));
  const isRuntime = ([id]) => /^runtime\..*\.Microsoft\.DotNet\.ILCompiler\//.test(id);
  const entries = Object.entries(assets.targets[target]);
  return entries.filter((entry) => isShipped(entry) || isRuntime(entry)).map(([id]) => nugetComponent(id, assets));
}

function nugetComponent(id, assets) {
  const [name, version] = id.split('/');
  const folder = Object.keys(assets.packageFolders)
    .map((packages) => path.join(packages, assets.libraries[id].path))
    .find(existsSync);
  const nuspec = readFileSync(path.join(folder, `${name.toLowerCase()}.nuspec`), 'utf8');
  const element = (pattern) => pattern.exec(nuspec)?.[1].trim() ?? '';
  const licence = element(/<license type="expression">([^<]*)</) || unnamed[name] || '';
  const owner = element(/<copyright>([^<]*)</) || element(/<authors>([^<]*)</);
  const source = element(/<repository[^>]*\burl="([^"]*)"/) || element(/<projectUrl>([^<]*)</);
  const text = licenceText(folder) || [owner, source, licence === 'MIT' ? mit : ''].filter(Boolean).join('\n\n');
  return { name, version, licence, purl: `pkg:nuget/${name}@${version}`, text };
}

function licenceText(folder) {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(name));
  return file ? readFileSync(path.join(folder, file), 'utf8') : '';
}
