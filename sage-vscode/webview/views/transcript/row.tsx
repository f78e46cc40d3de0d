import { memo } from 'preact/compat';
import type { Row } from '../../state/rows';
import { HookLine } from '../tools/hookLine';
import { ToolGroup } from '../tools/toolGroup';
import { ToolRow } from '../tools/toolRow';
import { CompactionRow } from './compaction';
import { NoticeRow } from './notice';
import { ReplyRow } from './reply';
import { RestoreRow } from './restoreRow';
import { Tail } from './tail';
import { TurnEndRow } from './turnEnd';
import { UserRow } from './userPrompt';

/** Draws one row of the transcript. */
export const RowView = memo(function RowView({ row }: { row: Row }) {
  switch (row.kind) {
    case 'tool':
      return <ToolRow tool={row.tool} />;
    case 'group':
      return <ToolGroup id={row.key} tools={row.tools} />;
    case 'tail':
      return <Tail />;
    default:
  }
  const { item } = row;
  switch (item.kind) {
    case 'user':
      return <UserRow user={item} />;
    case 'reply':
      return <ReplyRow reply={item} />;
    case 'notice':
      return <NoticeRow text={item.text} />;
    case 'hook':
      return <HookLine id={item.id} ran={item.ran} />;
    case 'compaction':
      return <CompactionRow compaction={item} />;
    case 'restore':
      return <RestoreRow restore={item} />;
    default:
      return <TurnEndRow end={item} />;
  }
});
