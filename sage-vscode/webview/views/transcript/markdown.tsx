import { memo } from 'preact/compat';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { t } from '../../l10n';
import { type Block, BlockSplitter } from '../../text/blocks';
import { isRemembered, renderCode, renderMarkdown } from '../../text/markdown';

/** Markdown that may still grow: finished blocks are drawn once, only the last one again. */
export function Markdown({ text, finished }: { text: string; finished: boolean }) {
  const splitter = useMemo(() => new BlockSplitter(), []);
  const blocks = splitter.update(text);
  const shown = useSteps(blocks);
  const last = blocks.length - 1;
  return (
    <div class="markdown">
      {blocks.slice(0, shown).map((block, index) => (
        <MarkdownBlock key={index} block={block} finished={finished || index < last} />
      ))}
    </div>
  );
}

const blocksPerFrame = 16;

/** As many as are remembered at most: a block that is repeated without end would count as all of its copies. */
const mostAtOnce = 400;

/** A long text is drawn over several frames, unless it was drawn before: then it keeps its height as it comes back. */
function useSteps(blocks: readonly Block[]): number {
  const [limit, setLimit] = useState(() => {
    const remembered = blocks.findLastIndex((block) => isRemembered(block.text)) + 1;
    return blocksPerFrame + Math.min(remembered, mostAtOnce);
  });
  useEffect(() => {
    if (limit < blocks.length) {
      const frame = requestAnimationFrame(() => setLimit(limit + blocksPerFrame));
      return () => cancelAnimationFrame(frame);
    }
  }, [limit, blocks.length]);
  return limit;
}

interface MarkdownBlockProps {
  readonly block: Block;
  readonly finished: boolean;
}

const MarkdownBlock = memo(
  function MarkdownBlock({ block, finished }: MarkdownBlockProps) {
    return block.openFence !== null && !finished ? (
      <GrowingCode code={block.openFence.code} language={block.openFence.language} />
    ) : (
      <ParsedBlock text={block.text} finished={finished} />
    );
  },
  // A block that only became finished looks the same, unless its code was still growing.
  (before, after) =>
    before.block.text === after.block.text && (before.finished === after.finished || after.block.openFence === null),
);

function ParsedBlock({ text, finished }: { text: string; finished: boolean }) {
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    root.current?.replaceChildren(renderMarkdown(text, finished));
  }, [text, finished]);
  return <div class="markdown-block" ref={root} />;
}

const chunkLines = 40;

/** A code block without its end: its complete parts are coloured once, the whole of it when it is closed. */
function GrowingCode({ code, language }: { code: string; language: string }) {
  const lines = code.split('\n');
  const complete = Math.floor(Math.max(0, lines.length - 1) / chunkLines);
  const chunks: string[] = [];
  for (let i = 0; i <= complete; i++) {
    chunks.push(lines.slice(i * chunkLines, (i + 1) * chunkLines).join('\n'));
  }
  return (
    <div class="code-block growing">
      <div class="code-head">
        <span class="code-language">{language === '' ? t('Text') : language}</span>
      </div>
      <div class="growing-lines">
        {chunks.map((chunk, index) => (
          <CodeChunk key={index} code={chunk} language={language} />
        ))}
      </div>
    </div>
  );
}

const CodeChunk = memo(function CodeChunk({ code, language }: { code: string; language: string }) {
  const root = useRef<HTMLPreElement>(null);
  useLayoutEffect(() => {
    const drawn = renderCode(code, language).querySelector('code');
    root.current?.replaceChildren(...(drawn === null ? [] : [drawn]));
  }, [code, language]);
  return <pre ref={root} />;
});
