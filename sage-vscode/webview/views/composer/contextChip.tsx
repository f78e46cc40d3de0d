import type { EditorContext } from '../../../src/protocol/bridge';
import type { InputPart } from '../../../src/protocol/generated';
import { t } from '../../l10n';
import { baseName } from '../../text/format';
import { Icon } from '../controls/icon';
import { Chip, PathLabel } from './chips';

interface ContextChipProps {
  readonly context: EditorContext;
  readonly included: boolean;
  readonly onChange: (included: boolean) => void;
}

/** The active file or selection: sent along until removed, and offered again after that. */
export function ContextChip({ context, included, onChange }: ContextChipProps) {
  const { path, selection } = context;
  if (!included) {
    return (
      <button
        type="button"
        class="chip offered"
        data-testid="context-chip"
        aria-pressed="false"
        title={t('Add {0} to the prompt', path)}
        onClick={() => onChange(true)}
      >
        <Icon name="add" />
        <span class="chip-label">{baseName(path)}</span>
      </button>
    );
  }
  const lines = selection === undefined ? {} : { lines: [selection.startLine, selection.endLine] as const };
  return (
    <span data-testid="context-chip">
      <Chip icon={selection === undefined ? 'file' : 'selection'} name={path} onRemove={() => onChange(false)}>
        <PathLabel path={path} {...lines} />
      </Chip>
    </span>
  );
}

/** What the chip stands for. */
export function contextPart({ path, selection }: EditorContext): InputPart {
  return selection === undefined ? { type: 'file', path } : { type: 'selection', path, ...selection };
}
