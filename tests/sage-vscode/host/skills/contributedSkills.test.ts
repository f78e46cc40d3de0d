import { expect, test } from 'vitest';
import { contributedSkills } from '../../../../sage-vscode/src/features/skills/contributedSkills';

const extension = (id: string, chatSkills: unknown) => ({
  id,
  extensionPath: `/extensions/${id}`,
  packageJSON: { contributes: { chatSkills } },
});

test('The skills of extensions are found, by their file or their folder, in the order of the names', () => {
  const found = contributedSkills([
    extension('z.last', [{ path: './skills/pdf/SKILL.md' }]),
    extension('a.first', [{ path: 'skills/tables' }, { path: './skills/charts/' }]),
  ]);

  expect(found).toEqual([
    { folder: '/extensions/a.first/skills/tables', place: 'a.first/skills/tables' },
    { folder: '/extensions/a.first/skills/charts', place: 'a.first/skills/charts' },
    { folder: '/extensions/z.last/skills/pdf', place: 'z.last/skills/pdf' },
  ]);
});

test('A skill that is there only sometimes is left out', () => {
  expect(contributedSkills([extension('a.b', [{ path: './skills/x', when: 'config.a.b' }])])).toEqual([]);
});

test('Nothing outside of an extension is its skill, nor the whole of it', () => {
  const paths = ['../other/skills/x', '/etc', '.', './', 'SKILL.md', '..', '../a.b-evil/skills'];

  expect(
    contributedSkills([
      extension(
        'a.b',
        paths.map((path) => ({ path })),
      ),
    ]),
  ).toEqual([]);
});

test.each([[undefined], [null], ['x'], [{}], [[null, 1, {}, { path: 3 }]]])(
  'What is no list of skills brings none: %j',
  (chatSkills) => {
    expect(contributedSkills([extension('a.b', chatSkills)])).toEqual([]);
  },
);

test('An extension without a manifest brings none', () => {
  expect(contributedSkills([{ id: 'a.b', extensionPath: '/extensions/a.b', packageJSON: undefined }])).toEqual([]);
});
