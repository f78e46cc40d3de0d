import type { PermissionRequestParams } from '../../../src/protocol/generated';
import { argument } from '../tools/toolFacts';

/** The command that may be changed before it is allowed; other arguments are taken as they are. */
export function editableCommand({ toolName, input }: PermissionRequestParams): string | undefined {
  return toolName === 'run_command' ? argument(input, 'command') : undefined;
}

/** The arguments with another command, and everything else as the model wrote it. */
export function withCommand(input: unknown, command: string): unknown {
  return typeof input === 'object' && input !== null ? { ...input, command } : { command };
}
