import { callerOf, requireScopes } from '@bff/auth-delegation';
import type { DiffSync } from '@bff/diff-sync';
import { validatorMatch, type Family, type ScreenAnswer } from '@bff/screens';
import { parseFields, type PageCursors, type Sender } from '@bff/shaping';
import type { Request } from 'express';
import { shownAnswer } from './shown-answer.ts';
import { syncRequestOf, unconditional } from './sync-request.ts';
import { toolCallOf } from './tool-call.ts';

export interface ToolFamilyOptions {
  /** Prefix of the names of shapes, such as `agent` of `agent/thing/1`. */
  readonly name: string;
  readonly sender: Sender;
  readonly cursors: PageCursors;
  readonly sync: DiffSync;
}

/**
 * Creates the client family of tools. It takes inputs from the arguments of the tool call instead of the
 * request, and passes answers to the tool call instead of sending them.
 */
export function toolFamily({ name, sender, cursors, sync }: ToolFamilyOptions): Family {
  /** Returns the answer with the version token that a read of the same resource would return. */
  async function named(request: Request, answer: ScreenAnswer): Promise<ScreenAnswer> {
    const shown = shownAnswer(toolCallOf(request).tool, answer);
    const { token } = await sync.sync({ ...syncRequestOf(request, shown), ...unconditional });
    return token === undefined ? shown : { ...shown, token };
  }

  return {
    name,
    guardsOf: ({ scopes }) => [requireScopes(scopes)],
    readShape(request) {
      const { fields } = toolCallOf(request).given;
      return fields === undefined ? {} : { fields: parseFields(fields) };
    },
    userIdOf: (request) => callerOf(request).identity.subject,
    readPage(request, screen) {
      const { given, limit } = toolCallOf(request);
      const { identity, tenant } = callerOf(request);
      // A cursor is valid for every limit, because a page that would be too large is read again with a
      // smaller limit.
      const bounds = ['tool', tenant.id, identity.clientId ?? '', identity.subject, screen.name];
      return {
        limit,
        cursor: given.cursor === undefined ? undefined : cursors.open(given.cursor, bounds),
        next: (following) => (following === null ? null : cursors.seal(following, bounds)),
      };
    },
    resourceOf({ params }, { name: entry }, page) {
      const path = [entry, ...Object.values(params)].join('/');
      return page ? `${path}?limit=${page.limit}&cursor=${page.cursor ?? ''}` : path;
    },
    senderOf: () => (request, _response, answer) => toolCallOf(request).settle(answer, false),
    writes: {
      requiresIdempotencyKey: true,
      // The arguments have already been parsed as part of the message.
      bodyParsersOf: () => [],
      ...validatorMatch(sender, named),
      send: (request, _response, answer) =>
        toolCallOf(request).settle(answer, answer.headers?.['Idempotency-Replayed'] === 'true'),
      sendNothing: (request, _response, replayed) => toolCallOf(request).settle(undefined, replayed),
    },
  };
}
