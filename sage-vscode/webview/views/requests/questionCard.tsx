import { useEffect, useRef, useState } from 'preact/hooks';
import type { AskQuestionParams, Question } from '../../../src/protocol/generated';
import { t } from '../../l10n';
import { answerQuestion, declineQuestion } from '../../state/commands';
import { visible } from '../../text/visible';
import { Button, Checkbox, TextField } from '../controls/controls';
import { useStore } from '../storeContext';
import { focusDelayMs, focusNextCard, offerFocus } from './approvalFocus';
import { useInSight } from './inSight';

interface Answer {
  readonly chosen: readonly string[];
  readonly own: string;
}

const nothing: Answer = { chosen: [], own: '' };

/** Questions of the model, or of an MCP server that works on a call. One simple question is answered by one click; otherwise all are sent together. */
export function QuestionCard({ request }: { request: AskQuestionParams }) {
  const store = useStore();
  const card = useRef<HTMLElement>(null);
  const [answers, setAnswers] = useState<readonly Answer[]>(() => request.questions.map(() => nothing));
  const buttons = useInSight(request.callId);
  const [only] = request.questions;
  const isSimple = request.questions.length === 1 && only?.multiple !== true;
  const isComplete = answers.every(
    (answer, index) => words(answer).length > 0 || request.questions[index]?.isOptional === true,
  );

  useEffect(() => {
    const focus = () => offerFocus(store, card.current?.querySelector<HTMLElement>('.choice, .checkbox input') ?? null);
    const timer = setTimeout(focus, focusDelayMs);
    return () => clearTimeout(timer);
  }, [store]);

  const finish = (given: readonly Answer[] | null) => {
    answerQuestion(store, request.callId, given?.map(words) ?? null);
    focusNextCard(store);
  };
  const change = (index: number, answer: Answer) => {
    const changed = answers.map((old, i) => (i === index ? answer : old));
    setAnswers(changed);
    if (isSimple && answer.chosen.length > 0) {
      finish(changed);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      finish(null);
    }
  };

  return (
    <section class="request" aria-label={t('Question')} data-testid="question" ref={card} onKeyDown={onKeyDown}>
      {request.from !== undefined && (
        <div class="request-note" data-testid="question-from">
          <p class="request-title">{t('The MCP server {0} asks', request.from.server)}</p>
          <p class="question-message">{visible(request.from.message)}</p>
          <p class="muted">{t('It gets what you answer. Write nothing that you would not tell it.')}</p>
        </div>
      )}
      {request.questions.map((question, index) => (
        <QuestionField
          key={index}
          question={question}
          answer={answers[index] ?? nothing}
          onChange={(answer) => change(index, answer)}
          onEnter={() => isComplete && finish(answers)}
        />
      ))}
      <div class="request-actions" ref={buttons}>
        <Button testId="question-send" disabled={!isComplete} onClick={() => finish(answers)}>
          {t('Answer')}
        </Button>
        {request.from !== undefined && (
          <Button
            secondary
            testId="question-decline"
            title={t('Say no to the server')}
            onClick={() => {
              declineQuestion(store, request.callId);
              focusNextCard(store);
            }}
          >
            {t('Decline')}
          </Button>
        )}
        <Button secondary testId="question-dismiss" title={t('Dismiss (Escape)')} onClick={() => finish(null)}>
          {t('Dismiss')}
        </Button>
      </div>
    </section>
  );
}

interface QuestionFieldProps {
  readonly question: Question;
  readonly answer: Answer;
  readonly onChange: (answer: Answer) => void;
  readonly onEnter: () => void;
}

function QuestionField({ question, answer, onChange, onEnter }: QuestionFieldProps) {
  const pick = (label: string, on: boolean) => {
    const others = question.multiple === true ? answer.chosen.filter((other) => other !== label) : [];
    onChange({ chosen: on ? [...others, label] : others, own: question.multiple === true ? answer.own : '' });
  };
  return (
    <fieldset class="question">
      <legend>{visible(question.text)}</legend>
      {question.options.map((option) =>
        question.multiple === true ? (
          <div key={option.label} class="choice-check">
            <Checkbox
              label={option.label}
              checked={answer.chosen.includes(option.label)}
              onChange={(on) => pick(option.label, on)}
            />
            {option.description !== undefined && <span class="muted">{option.description}</span>}
          </div>
        ) : (
          <button
            key={option.label}
            type="button"
            class="choice"
            aria-pressed={answer.chosen.includes(option.label)}
            onClick={() => pick(option.label, true)}
          >
            <span>{option.label}</span>
            {option.description !== undefined && <span class="muted">{option.description}</span>}
          </button>
        ),
      )}
      {question.isClosed !== true && (
        <TextField
          label={question.options.length === 0 ? t('Your answer') : t('Or in your own words')}
          value={answer.own}
          onInput={(own) => onChange({ chosen: question.multiple === true ? answer.chosen : [], own })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.isComposing && event.keyCode !== 229) {
              event.preventDefault();
              onEnter();
            }
          }}
        />
      )}
    </fieldset>
  );
}

function words(answer: Answer): readonly string[] {
  const own = answer.own.trim();
  return own === '' ? answer.chosen : [...answer.chosen, own];
}
