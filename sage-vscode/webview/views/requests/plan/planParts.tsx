import { useEffect, useRef, useState } from 'preact/hooks';
import type { PlanComment } from '../../../../src/protocol/generated';
import { t } from '../../../l10n';
import { type PlanPart, planParts } from '../../../text/planParts';
import { visibleLine } from '../../../text/visible';
import { Button, IconButton, TextField } from '../../controls/controls';
import { Icon } from '../../controls/icon';
import { Markdown } from '../../transcript/markdown';

interface PlanPartsProps {
  readonly plan: string;
  readonly comments: readonly PlanComment[];
  readonly onComment: (comment: PlanComment) => void;
  readonly onRemove: (comment: PlanComment) => void;
}

/** The plan part by part. One tab stop leads to the buttons of all parts, the arrow keys from one to the next. */
export function PlanParts({ plan, comments, onComment, onRemove }: PlanPartsProps) {
  const parts = planParts(plan);
  const [current, setCurrent] = useState(0);
  const [writing, setWriting] = useState<number | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const lost = comments.filter((comment) => !parts.some((part) => isOf(comment, part)));

  const focus = (index: number) => {
    const wanted = Math.max(0, Math.min(parts.length - 1, index));
    setCurrent(wanted);
    list.current?.querySelectorAll<HTMLElement>('.plan-comment-button')[wanted]?.focus();
  };
  const close = (index: number) => {
    setWriting(null);
    focus(index);
  };
  return (
    <div class="plan-parts" ref={list}>
      {parts.map((part, index) => (
        <div key={part.line} class="plan-part" data-depth={part.depth} data-testid="plan-part">
          <div class="plan-part-line">
            <Markdown text={part.source} finished />
            <CommentButton
              part={part}
              isCurrent={index === Math.min(current, parts.length - 1)}
              isOpen={writing === index}
              onFocus={() => setCurrent(index)}
              onMove={(by) => focus(index + by)}
              onClick={() => (writing === index ? close(index) : setWriting(index))}
            />
          </div>
          <Comments comments={comments.filter((comment) => isOf(comment, part))} onRemove={onRemove} />
          {writing === index && (
            <CommentField
              part={part}
              onAdd={(text) => {
                onComment({ line: part.line, quote: part.source, text });
                close(index);
              }}
              onCancel={() => close(index)}
            />
          )}
        </div>
      ))}
      <Comments comments={lost} onRemove={onRemove} showsQuote />
    </div>
  );
}

function isOf(comment: PlanComment, part: PlanPart): boolean {
  return comment.line === part.line && comment.quote === part.source;
}

interface CommentButtonProps {
  readonly part: PlanPart;
  readonly isCurrent: boolean;
  readonly isOpen: boolean;
  readonly onFocus: () => void;
  readonly onMove: (by: number) => void;
  readonly onClick: () => void;
}

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

function CommentButton({ part, isCurrent, isOpen, onFocus, onMove, onClick }: CommentButtonProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const by = steps[event.key];
    if (by !== undefined) {
      event.preventDefault();
      onMove(by);
    }
  };
  return (
    <button
      type="button"
      class="icon-button plan-comment-button"
      data-testid="plan-comment"
      aria-label={t('Comment on: {0}', beginningOf(part.source))}
      title={t('Comment on this part')}
      aria-expanded={isOpen}
      tabIndex={isCurrent ? 0 : -1}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <Icon name="comment" />
    </button>
  );
}

interface CommentFieldProps {
  readonly part: PlanPart;
  readonly onAdd: (text: string) => void;
  readonly onCancel: () => void;
}

function CommentField({ part, onAdd, onCancel }: CommentFieldProps) {
  const [text, setText] = useState('');
  const field = useRef<HTMLDivElement>(null);
  const add = () => text.trim() !== '' && onAdd(text.trim());
  useEffect(() => field.current?.scrollIntoView?.({ block: 'nearest' }), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) {
      return;
    }
    if (event.key === 'Enter' && !event.repeat) {
      event.preventDefault();
      add();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onCancel();
    }
  };
  return (
    <div class="plan-comment-field" data-testid="plan-comment-field" ref={field}>
      <TextField
        label={t('Your comment on: {0}', beginningOf(part.source))}
        value={text}
        autoFocus
        onInput={setText}
        onKeyDown={onKeyDown}
      />
      <Button testId="plan-comment-add" disabled={text.trim() === ''} onClick={add}>
        {t('Add')}
      </Button>
      <Button secondary title={t('Cancel (Escape)')} onClick={onCancel}>
        {t('Cancel')}
      </Button>
    </div>
  );
}

interface CommentsProps {
  readonly comments: readonly PlanComment[];
  readonly onRemove?: (comment: PlanComment) => void;
  /** Where the part itself does not stand above. */
  readonly showsQuote?: boolean;
}

/** What was said to a part. */
export function Comments({ comments, onRemove, showsQuote = false }: CommentsProps) {
  if (comments.length === 0) {
    return null;
  }
  return (
    <ul class="plan-comments" aria-label={t('Comments')}>
      {comments.map((comment) => (
        <li key={comment} class="plan-comment" data-testid="plan-comment-text">
          <Icon name="comment" />
          <span>
            {showsQuote && <span class="muted">{t('“{0}”:', beginningOf(comment.quote))} </span>}
            {comment.text}
          </span>
          {onRemove !== undefined && (
            <IconButton
              icon="close"
              label={t('Remove the comment: {0}', comment.text)}
              onClick={() => onRemove(comment)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

const longest = 60;

/** For screen readers: which part it is, without the marks of Markdown. */
function beginningOf(source: string): string {
  const words = visibleLine(source)
    .replace(/^\s*(#{1,6}|[-*+]|\d{1,9}[.)])\s+/, '')
    .replace(/\*\*|`/g, '')
    .trim();
  return words.length > longest ? `${words.slice(0, longest)}…` : words;
}
