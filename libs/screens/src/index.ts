export { type AnswerForm, type Nulls, type VersionedAnswer } from './declaration/answer.ts';
export { dependent } from './declaration/dependent.ts';
export { sensitive, sensitivePaths } from './answer/sensitive.ts';
export { versionOf } from './answer/version-of.ts';
export { each } from './declaration/each.ts';
export {
  sameScreen,
  screen,
  type AnyScreen,
  type NeedsOfAll,
  type Screen,
  type ViewOf,
} from './declaration/screen.ts';
export {
  page,
  param,
  source,
  type AnySource,
  type Member,
  type NeedsOf,
  type PathParameter,
  type Source,
} from './declaration/source.ts';
export {
  screenTable,
  shortestBudgetMs,
  type Entry,
  type Row,
  type ScreenTable,
} from './declaration/table.ts';
export { write, type AnyWrite, type Write } from './declaration/write.ts';
export { AnswerSchemas } from './openapi/answer-schemas.ts';
export { signalsApi } from './openapi/signals-api.ts';
export { describeTable, type TableStyle } from './openapi/describe-table.ts';
export { type CurrentState, type Family, type ScreenAnswer, type WriteFamily } from './serve/family.ts';
export { createIdempotency, type Idempotency, type Receipt } from './serve/idempotency.ts';
export { receiptSettings } from './serve/receipt-settings.ts';
export { screenRouter, type RouterDependencies } from './serve/router.ts';
export { createRehearsalWorld, type RehearsalWorld } from './warm-up/rehearse.ts';
export { warmUpSteps, type WarmUpRequests } from './warm-up/warm-up-steps.ts';
export { validatorMatch } from './serve/validator-match.ts';
