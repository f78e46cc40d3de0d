import type { PermissionRequestParams } from '../../../src/protocol/generated';
import { t } from '../../l10n';
import { visible, visibleLine } from '../../text/visible';
import { FileDiffs } from '../tools/fileDiffs';
import { argument } from '../tools/toolFacts';

/** What would happen: the change, the command, or the arguments. */
export function Subject({ request }: { request: PermissionRequestParams }) {
  const { previews } = request;
  if (previews !== undefined && previews.length > 0) {
    return <FileDiffs id={`preview:${request.callId}`} diffs={previews} />;
  }
  // Tools of others have whatever arguments they like, and all of them are shown.
  const command = request.toolName === 'run_command' ? argument(request.input, 'command') : undefined;
  const folder = argument(request.input, 'cwd');
  return command === undefined ? (
    <pre class="tool-input">{visible(JSON.stringify(request.input, null, 2) ?? '')}</pre>
  ) : (
    <>
      <pre class="command">{visible(command)}</pre>
      {folder !== undefined && <p class="tool-note">{t('in {0}', visibleLine(folder))}</p>}
    </>
  );
}
