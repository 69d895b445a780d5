import type { ScreenAnswer } from '@bff/screens';
import type { JsonObject } from '@bff/shaping';
import type { Tool } from '../declaration/tool.ts';
import { withVisibleText } from './visible-text.ts';

/** Returns the answer as an agent receives it: without sensitive members and invisible characters. */
export function shownAnswer({ visible }: Tool, answer: ScreenAnswer): ScreenAnswer {
  const shown = (view: JsonObject): JsonObject =>
    withVisibleText(visible.apply(view as never) as JsonObject) as JsonObject;
  return {
    ...answer,
    view: shown(answer.view),
    visible: (earlier) => shown(answer.visible(earlier)),
  };
}
