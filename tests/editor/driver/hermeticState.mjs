/** The folders a VS Code under test lives in: nothing of the user's home is read or written. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const quietSettings = {
  'chat.agentHost.enabled': false,
  'chat.commandCenter.enabled': false,
  'editor.accessibilitySupport': 'off',
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  // The browser's default is to save after a second.
  'files.autoSave': 'off',
  'files.simpleDialog.enable': true,
  'git.autofetch': false,
  'git.openRepositoryInParentFolders': 'never',
  'json.schemaDownload.enable': false,
  'npm.fetchOnlinePackageInfo': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'workbench.enableExperiments': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/** What a program needs of our environment; keys and editor variables of the person running the tests stay out. */
const passedOn = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'SHELL', 'USER', 'LOGNAME', 'TMPDIR', 'DOTNET_ROOT'];

export class HermeticState {
  constructor() {
    this.root = mkdtempSync(path.join(os.tmpdir(), 'sage-editor-'));
    this.home = this.folder('home');
    this.sageHome = this.folder('sage-home');
    this.userData = this.folder('user-data');
    this.extensions = this.folder('extensions');
    this.config = path.join(this.root, 'code-server.yaml');
    writeFileSync(this.config, 'auth: none\ncert: false\n');
    this.writeSettings({});
  }

  folder(name) {
    const folder = path.join(this.root, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** Settings of the user; also of the machine, where VS Code looks for the ones of machine scope. */
  writeSettings(settings) {
    for (const scope of ['User', 'Machine']) {
      const folder = path.join(this.userData, scope);
      mkdirSync(folder, { recursive: true });
      const all = scope === 'User' ? { ...quietSettings, ...settings } : settings;
      writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(all, null, 2));
    }
  }

  /** What the settings of user and machine hold now, as text. */
  readSettings() {
    const files = ['User', 'Machine'].map((scope) => path.join(this.userData, scope, 'settings.json'));
    return files.map((file) => readFileSync(file, 'utf8')).join('\n');
  }

  environment(extra = {}) {
    const ours = Object.fromEntries(passedOn.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
    return {
      ...ours,
      HOME: this.home,
      XDG_CONFIG_HOME: path.join(this.home, '.config'),
      XDG_DATA_HOME: path.join(this.home, '.local', 'share'),
      XDG_CACHE_HOME: path.join(this.home, '.cache'),
      SAGE_HOME: this.sageHome,
      // The key of a person who set it up for the terminal; the scripted model takes any unless told otherwise.
      OPENAI_API_KEY: 'sk-from-environment',
      ANTHROPIC_API_KEY: 'sk-from-environment',
      // No gallery: the workbench would look for it at every start.
      EXTENSIONS_GALLERY: '{}',
      ...extra,
    };
  }

  remove() {
    rmSync(this.root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
