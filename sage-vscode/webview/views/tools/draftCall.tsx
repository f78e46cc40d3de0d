import type { DraftCall } from '../../state/chatState';
import { growingString, partialString } from '../../text/partialJson';
import { Icon } from '../controls/icon';

const verbs: Readonly<Record<string, string>> = {
  read_file: 'Reading',
  list_directory: 'Listing',
  glob: 'Looking for files',
  grep: 'Searching',
  edit_file: 'Editing',
  write_file: 'Writing',
  apply_patch: 'Writing a patch',
  delete_file: 'Deleting',
  move_file: 'Moving',
  run_command: 'Writing a command',
  update_plan: 'Planning',
  ask_user: 'Writing a question',
};
const growing = ['content', 'new_text', 'patch', 'command'];
const keptCharacters = 1_200;
const keptLines = 10;

/** A call the model is still writing: what it will touch, and the text as it grows. */
export function DraftCallRow({ call }: { call: DraftCall }) {
  const path = partialString(call.json, 'path');
  const text = growingString(call.json, growing, keptCharacters);
  const preview = text === null ? '' : text.split('\n').slice(-keptLines).join('\n');
  return (
    <article
      class="tool running draft"
      data-testid="draft-tool"
      data-tool={call.name}
      aria-label={`Preparing ${call.name}`}
    >
      <div class="tool-line">
        <Icon name="loading" spin class="tool-icon" />
        <span class="tool-title">
          {verbs[call.name] ?? `Preparing ${call.name}`}
          {path === null ? '' : ` ${path}`}…
        </span>
      </div>
      {preview.trim() !== '' && (
        <div class="tool-body">
          <pre class="draft-preview">{preview}</pre>
        </div>
      )}
    </article>
  );
}
