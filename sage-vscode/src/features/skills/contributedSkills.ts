import path from 'node:path';
import type { ContributedSkill } from '../../protocol/generated';

/** What is read of an extension. */
export interface Contributor {
  readonly id: string;
  readonly extensionPath: string;
  readonly packageJSON: unknown;
}

const FILE = 'SKILL.md';

/**
 * The skills that extensions bring (`contributes.chatSkills` in their package.json), as they do for the editor's own chat. One that is
 * there only sometimes (`when`) is left out: only the editor knows when that is.
 */
export function contributedSkills(extensions: readonly Contributor[]): ContributedSkill[] {
  return [...extensions]
    .sort((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0))
    .flatMap(({ id, extensionPath, packageJSON }) =>
      pathsOf(packageJSON)
        .map((declared) => folderOf(path.resolve(extensionPath, declared)))
        .filter((folder) => isBelow(folder, extensionPath))
        .map((folder) => ({
          folder,
          place: [id, ...path.relative(extensionPath, folder).split(path.sep)].join('/'),
        })),
    );
}

function pathsOf(packageJson: unknown): string[] {
  const skills = property(property(packageJson, 'contributes'), 'chatSkills');
  return (Array.isArray(skills) ? skills : [])
    .filter((skill) => property(skill, 'when') === undefined)
    .map((skill) => property(skill, 'path'))
    .filter((declared) => typeof declared === 'string');
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** Both are written: the folder of a skill, and its file. */
function folderOf(declared: string): string {
  return path.basename(declared) === FILE ? path.dirname(declared) : declared;
}

/** A skill is a part of its extension, not all of it, and nothing beside it. */
function isBelow(folder: string, extensionPath: string): boolean {
  const relative = path.relative(extensionPath, folder);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}
