import { t } from '../../l10n';
import type { DraftCall } from '../../state/chatState';
import { growingString, partialString } from '../../text/partialJson';
import { Icon } from '../controls/icon';

const verbs = (): Readonly<Record<string, string>> => ({
  read_file: t('Reading'),
  list_directory: t('Listing'),
  glob: t('Looking for files'),
  grep: t('Searching'),
  edit_file: t('Editing'),
  write_file: t('Writing'),
  apply_patch: t('Writing a patch'),
  notebook_edit: t('Editing'),
  delete_file: t('Deleting'),
  move_file: t('Moving'),
  run_command: t('Writing a command'),
  update_plan: t('Planning'),
  ask_user: t('Writing a question'),
});
const growing = ['content', 'new_text', 'patch', 'source', 'command'];
const keptCharacters = 1_200;
const keptLines = 10;

/** A call the model is still writing: what it will touch, and the text as it grows. */
export function DraftCallRow({ call }: { call: DraftCall }) {
  const path = partialString(call.json, 'path');
  const text = growingString(call.json, growing, keptCharacters);
  const preview = text === null ? '' : text.split('\n').slice(-keptLines).join('\n');
  const verb = verbs()[call.name] ?? t('Preparing {0}', call.name);
  return (
    <article
      class="tool running draft"
      data-testid="draft-tool"
      data-tool={call.name}
      aria-label={t('Preparing {0}', call.name)}
    >
      <div class="tool-line">
        <Icon name="loading" spin class="tool-icon" />
        <span class="tool-title">{path === null ? t('{0}…', verb) : t('{0} {1}…', verb, path)}</span>
      </div>
      {preview.trim() !== '' && (
        <div class="tool-body">
          <pre class="draft-preview">{preview}</pre>
        </div>
      )}
    </article>
  );
}
