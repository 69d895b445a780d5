import type { ScreenAnswer } from '@bff/screens';
import type { JsonObject } from '@bff/shaping';
import type { Tool } from '../declaration/tool.ts';
import { withVisibleText } from './visible-text.ts';

/** The answer as an agent sees it: without sensitive members, and with no character that a reader would not see. */
export function shownAnswer({ visible }: Tool, answer: ScreenAnswer): ScreenAnswer {
  const shown = (view: JsonObject): JsonObject =>
    withVisibleText(visible.apply(view as never) as JsonObject) as JsonObject;
  return {
    ...answer,
    view: shown(answer.view),
    visible: (earlier) => shown(answer.visible(earlier)),
  };
}
