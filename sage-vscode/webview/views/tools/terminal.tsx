import { useLayoutEffect, useRef } from 'preact/hooks';
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
  const frame = useRef<HTMLPreElement>(null);
  const atEnd = useRef(true);
  const { shown, hidden } = all ? { shown: text, hidden: 0 } : lastLines(text);

  useLayoutEffect(() => {
    const pre = frame.current;
    if (pre === null) {
      return;
    }
    pre.replaceChildren(renderAnsi(shown));
    if (running && atEnd.current) {
      pre.scrollTop = pre.scrollHeight;
    }
  }, [shown, running]);

  return (
    <div class="terminal">
      {hidden > 0 && (
        <button type="button" class="link-button" onClick={showAll}>
          Show {hidden} earlier lines
        </button>
      )}
      {cut && <p class="tool-note">Older output is not shown while the command runs.</p>}
      <pre
        class="terminal-output"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
        aria-label="Output"
        ref={frame}
        onScroll={(event) => {
          const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
          atEnd.current = scrollHeight - scrollTop - clientHeight < 8;
        }}
      />
    </div>
  );
}

function lastLines(text: string): { shown: string; hidden: number } {
  const trimmed = text.trimEnd();
  const lines = trimmed.split('\n');
  const hidden = Math.max(0, lines.length - shownLines);
  return { shown: hidden === 0 ? trimmed : lines.slice(hidden).join('\n'), hidden };
}
