import type { RunningWork, StoppedWork, WorkStopped } from '../../../src/protocol/generated';
import { t } from '../../l10n';
import { formatDuration } from '../../text/format';
import { Icon } from '../controls/icon';
import { useSelect } from '../storeContext';

/** While a turn stops: everything that ran, each line going quiet when it has ended. */
export function StopTree() {
  const stop = useSelect((state) => state.transcript.live.stop);
  if (stop === null || stop.work.length === 0) {
    return null;
  }
  const ids = new Set(stop.work.map((work) => work.id));
  const top = stop.work.filter((work) => work.parentId === undefined || !ids.has(work.parentId));
  return (
    <ul class="stopped live" aria-label={t('What is being stopped')} data-testid="stop-tree">
      {top.map((work) => (
        <StoppingLine key={work.id} work={work} all={stop.work} stopped={stop.stopped} />
      ))}
    </ul>
  );
}

interface StoppingProps {
  readonly work: RunningWork;
  readonly all: readonly RunningWork[];
  readonly stopped: readonly WorkStopped[];
}

function StoppingLine({ work, all, stopped }: StoppingProps) {
  const end = stopped.find((other) => other.id === work.id);
  const found = stopped.filter((other) => other.id === undefined && other.parentId === work.id);
  // The processes that were found at the end say more than the one that was started.
  const parts = all.filter((part) => part.parentId === work.id && (part.kind !== 'process' || found.length === 0));
  return (
    <li data-quiet={end !== undefined}>
      {end === undefined ? (
        <Line icon="loading" what={work.what} />
      ) : (
        <Line icon="debug-stop" what={end.what} how={end.how} ms={end.ms} />
      )}
      {parts.length + found.length > 0 && (
        <ul>
          {parts.map((part) => (
            <StoppingLine key={part.id} work={part} all={all} stopped={stopped} />
          ))}
          {found.map((part, index) => (
            <li key={index} data-quiet={true}>
              <Line icon="debug-stop" what={part.what} how={part.how} ms={part.ms} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** Proof that what ran has ended. */
export function StopReport({ stopped }: { stopped: readonly StoppedWork[] }) {
  return (
    <ul class="stopped" aria-label={t('What was stopped')}>
      <StoppedLines stopped={stopped} />
    </ul>
  );
}

function StoppedLines({ stopped }: { stopped: readonly StoppedWork[] }) {
  return (
    <>
      {stopped.map((work, index) => (
        <li key={index} data-quiet={true}>
          <Line icon="debug-stop" what={work.what} how={work.how} ms={work.ms} />
          {work.parts !== undefined && (
            <ul>
              <StoppedLines stopped={work.parts} />
            </ul>
          )}
        </li>
      ))}
    </>
  );
}

function Line({ icon, what, how, ms }: { icon: string; what: string; how?: string; ms?: number }) {
  return (
    <div class="stopped-line">
      <Icon name={icon} spin={icon === 'loading'} />
      <span class="stopped-what">{what}</span>
      {how !== undefined && ms !== undefined && (
        <span class="muted">
          {howWords()[how] ?? how} · {formatDuration(ms)}
        </span>
      )}
    </div>
  );
}

/** The server's words; those it may learn later are shown as they are. */
const howWords = (): Readonly<Record<string, string>> => ({
  cancelled: t('cancelled'),
  finished: t('finished'),
  'ended by SIGTERM': t('ended by SIGTERM'),
  killed: t('killed'),
  'could not be ended': t('could not be ended'),
});
