import type { LogOutputChannel } from 'vscode';
import { Methods } from '../protocol/generated';

/** The library traces whole messages when asked to; the one that carries an API key must never be among them. */
export function quietAboutKeys(log: LogOutputChannel): LogOutputChannel {
  const trace = (message: string, ...rest: unknown[]) =>
    message.includes(Methods.setModelKey)
      ? log.trace(`${Methods.setModelKey} (content not traced)`)
      : log.trace(message, ...rest);
  return new Proxy(log, {
    get: (target, property) => {
      if (property === 'trace') {
        return trace;
      }
      const value: unknown = Reflect.get(target, property);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
