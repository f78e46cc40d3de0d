import type { ComponentChildren } from 'preact';
import type { ExcerptSource, InputPart } from '../../../src/protocol/generated';
import { t } from '../../l10n';
import { baseName } from '../../text/format';
import { visibleLine } from '../../text/visible';
import { Icon } from '../controls/icon';

/** As much of an excerpt as its tooltip shows. */
const mostInTitle = 600;

const excerptIcons: Record<ExcerptSource, string> = {
  problems: 'warning',
  terminal: 'terminal',
  changes: 'diff',
  test: 'beaker',
  conflict: 'git-merge',
};

interface PartChipProps {
  readonly part: InputPart;
  readonly onRemove?: () => void;
}

/** Something attached to a prompt. */
export function PartChip({ part, onRemove }: PartChipProps) {
  switch (part.type) {
    case 'image':
      return (
        <Chip name={t('Image')} onRemove={onRemove}>
          <img class="chip-image" src={`data:${part.mediaType};base64,${part.data}`} alt={t('Attached')} />
        </Chip>
      );
    case 'file':
      return (
        <Chip icon={part.path.endsWith('/') ? 'folder' : 'file'} name={part.path} onRemove={onRemove}>
          <PathLabel path={part.path} />
        </Chip>
      );
    case 'selection':
      if (part.wholeFile === true) {
        return <PartChip part={{ type: 'file', path: part.path }} {...(onRemove && { onRemove })} />;
      }
      return (
        <Chip
          icon="selection"
          name={t('{0}, lines {1} to {2}', part.path, part.startLine, part.endLine)}
          onRemove={onRemove}
        >
          <PathLabel path={part.path} lines={[part.startLine, part.endLine]} />
        </Chip>
      );
    case 'resource': {
      const place = `${part.server}: ${part.uri}`;
      return (
        <Chip icon="plug" name={place} onRemove={onRemove}>
          <span class="chip-label" title={place}>
            {visibleLine(part.uri)}
          </span>
        </Chip>
      );
    }
    case 'excerpt':
      return (
        <Chip icon={excerptIcons[part.source]} name={part.title} onRemove={onRemove}>
          <span class="chip-label" title={visibleLine(part.text.slice(0, mostInTitle))}>
            {visibleLine(part.title)}
          </span>
        </Chip>
      );
    default:
      return null;
  }
}

export function PathLabel({ path, lines }: { path: string; lines?: readonly [number, number] }) {
  const range = lines === undefined ? '' : lines[0] === lines[1] ? `:${lines[0]}` : `:${lines[0]}-${lines[1]}`;
  return (
    <button type="button" class="chip-label" data-path={path} data-line={lines?.[0]} title={t('Open {0}', path)}>
      {baseName(path)}
      {range}
    </button>
  );
}

interface ChipProps {
  readonly icon?: string;
  readonly name: string;
  readonly children: ComponentChildren;
  readonly onRemove?: (() => void) | undefined;
}

export function Chip({ icon, name, children, onRemove }: ChipProps) {
  return (
    <span class="chip" data-testid="chip">
      {icon !== undefined && <Icon name={icon} />}
      {children}
      {onRemove !== undefined && (
        <button
          type="button"
          class="chip-remove"
          aria-label={t('Remove {0}', name)}
          title={t('Remove')}
          onClick={onRemove}
        >
          <Icon name="close" />
        </button>
      )}
    </span>
  );
}
