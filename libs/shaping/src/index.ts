export { type Answer, type Delta, type Timing } from './answer.ts';
export { bodyLimits, bodySettings } from './body-settings.ts';
export { currentTag, requireMatch } from './current-tag.ts';
export { documentCompression } from './document-compression.ts';
export { parseEntityTags, type EntityTag } from './entity-tag.ts';
export { parseFields, type FieldSelection } from './field-selection.ts';
export { flatten, unflatten, type FlatView } from './flat-form.ts';
export { jsonBody, type BodyLimits, type JsonBodyOptions } from './json-body.ts';
export { type Json, type JsonObject, type JsonOf } from './json.ts';
export { keepContract, type AnswerSchema } from './keep-contract.ts';
export { mergePatchBody, mergePatchOf } from './merge-patch.ts';
export { methodNotAllowed, notFound } from './missing-route.ts';
export { createPaging, type Page, type Paging, type PagingOptions } from './paging.ts';
export { publicDocument } from './public-document.ts';
export { sendProblem } from './problem-answer.ts';
export { problemHandler } from './problem-handler.ts';
export { resourceId } from './resource-id.ts';
export { securityHeaders } from './security-headers.ts';
export { selectFields } from './select-fields.ts';
export { createSender, type Sender, type SenderOptions } from './sender.ts';
export {
  defineShape,
  type AnswerMeta,
  type Shape,
  type ShapeDefinition,
  type Shaped,
  type ShapeRequest,
} from './shape.ts';
export { stripNulls } from './strip-nulls.ts';
export { visibleView } from './visible-view.ts';
export { createPageCursors, type PageCursors } from './page-cursor.ts';
export { emptyAnswer, headersOf, jsonAnswer } from './openapi/answers.ts';
export { describeApi, type ApiDescription, type ApiOperation } from './openapi/describe-api.ts';
export { reference, type JsonNode } from './openapi/json-node.ts';
export { answerObject, inputSchema, namedSchemas } from './openapi/named-schemas.ts';
export { apiParameters } from './openapi/parameters.ts';
