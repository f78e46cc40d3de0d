import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../../l10n';
import { renderAnsi } from '../../text/ansi';
import { useExpanded } from '../storeContext';

const shownLines = 200;

interface TerminalProps {
  readonly id: string;
  readonly text: string;
  readonly running: boolean;
  /** Whether older output was let go. */
  readonly cut: boolean;
}

/** Output as a terminal shows it: its end, with colours, in a frame that scrolls. */
export function Terminal({ id, text, running, cut }: TerminalProps) {
  const [all, showAll] = useExpanded(`output:${id}`, false);
  const frame = useRef<HTMLElement>(null);
  const content = useRef<HTMLPreElement>(null);
  const atEnd = useRef(true);
  const { shown, hidden } = all ? { shown: text, hidden: 0 } : lastLines(text);

  useLayoutEffect(() => {
    content.current?.replaceChildren(renderAnsi(shown));
    if (frame.current !== null && running && atEnd.current) {
      frame.current.scrollTop = frame.current.scrollHeight;
    }
  }, [shown, running]);
  const onScroll = () => {
    if (frame.current !== null) {
      const { scrollTop, clientHeight, scrollHeight } = frame.current;
      atEnd.current = scrollHeight - scrollTop - clientHeight < 8;
    }
  };

  return (
    <div class="terminal">
      {hidden > 0 && (
        <button type="button" class="link-button" onClick={showAll}>
          {t('Show {0} earlier lines', hidden)}
        </button>
      )}
      {cut && <p class="tool-note">{t('Older output is not shown while the command runs.')}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section class="terminal-output" tabIndex={0} aria-label={t('Output')} ref={frame} onScroll={onScroll}>
        <pre ref={content} />
      </section>
    </div>
  );
}

function lastLines(text: string): { shown: string; hidden: number } {
  const trimmed = text.trimEnd();
  const lines = trimmed.split('\n');
  const hidden = Math.max(0, lines.length - shownLines);
  return { shown: hidden === 0 ? trimmed : lines.slice(hidden).join('\n'), hidden };
}
