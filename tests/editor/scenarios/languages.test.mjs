import assert from 'node:assert/strict';
import { scenario } from '../driver/scenario.mjs';

scenario(
  'In an editor that is German, the chat, its cards, the commands and the light bulb are German',
  async ({ chat, workbench }) => {
    await workbench.runCommand('Sage: Chat öffnen');
    await chat.find();
    await chat.part('welcome').filter({ hasText: 'Was machen wir in' }).waitFor();
    assert.equal(await chat.frame.locator('html').getAttribute('lang'), 'de');
    assert.equal(await chat.part('composer-send').getAttribute('aria-label'), 'Senden');

    await chat.send('Write the note');
    await chat.part('approval').filter({ hasText: 'Diese Bearbeitung zulassen?' }).waitFor();
    await chat.part('approval-allow').filter({ hasText: 'Einmal zulassen' }).click();
    await chat.turnEnded();
    await chat.part('item-turn-end').filter({ hasText: 'Fertig' }).waitFor();
    await chat.part('changed-files').filter({ hasText: '1 Datei zu prüfen' }).waitFor();

    await workbench.openFile('sum.js');
    await workbench.selectLines(1, 3);
    await workbench.openLightBulb('Sage: Erklären');
  },
  {
    language: 'de',
    files: { 'sum.js': 'function sum(a, b) {\n  return a + b;\n}\n' },
    script: {
      replies: [
        { steps: [{ toolCall: 'write_file', arguments: { path: 'note.txt', content: 'Herons nest in March.\n' } }] },
        { text: 'It is written.' },
      ],
    },
  },
);
